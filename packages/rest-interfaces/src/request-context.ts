/** Who asks. */
export interface UserInfo {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** What every verb gets to know about the request that it serves. */
export interface RequestContext {
  readonly user: UserInfo;
  /** `''` for cluster-scoped resources and for requests over all namespaces. */
  readonly namespace: string;
  /** Adds a `Warning` header to the response; the same text is sent once. */
  warn(text: string): void;
  /** Aborts when the client is gone or the request's time is up. */
  readonly signal: AbortSignal;
}
