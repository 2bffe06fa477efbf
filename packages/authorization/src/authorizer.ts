/** One request that asks to be allowed. */
export interface AuthorizationAttributes {
  readonly user: { readonly name: string; readonly groups: readonly string[] };
  readonly verb: string;
  readonly isResourceRequest: boolean;
  readonly path: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
}

/** What an authorizer says, and why; the client sees the reason of a refusal. */
export interface Decision {
  readonly verdict: 'allow' | 'deny' | 'no opinion';
  readonly reason?: string;
}

/** Says whether a request may be. */
export type Authorizer = (attributes: AuthorizationAttributes) => Promise<Decision>;

export const allowed: Decision = { verdict: 'allow' };
export const noOpinion: Decision = { verdict: 'no opinion' };

/**
 * Asks authorizers in turn: the first that has an opinion decides. No opinion at all is a no, for the reasons of all.
 * Behaviour: k8s.io/apiserver authorization/union, v1.37.
 */
export function createAuthorizer(authorizers: readonly Authorizer[]): Authorizer {
  return async (attributes) => {
    const reasons: string[] = [];
    for (const authorize of authorizers) {
      const decision = await authorize(attributes);
      if (decision.verdict !== 'no opinion') return decision;
      if (decision.reason !== undefined) reasons.push(decision.reason);
    }
    return reasons.length === 0 ? noOpinion : { verdict: 'no opinion', reason: reasons.join('\n') };
  };
}
