/** What resources are told by flags. */
export interface ResourceSettings {
  readonly clusterIPRanges: readonly string[];
  readonly nodePorts: { readonly base: number; readonly size: number };
  readonly eventTtlSeconds: number;
}
