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

export type Decision = 'allow' | 'deny' | 'no opinion';

/** Says whether a request may be; the first that has an opinion decides. */
export type Authorizer = (attributes: AuthorizationAttributes) => Promise<Decision>;

/** No opinion at all is a no. */
export function createAuthorizer(authorizers: readonly Authorizer[]): (attributes: AuthorizationAttributes) => Promise<boolean> {
  return async (attributes) => {
    for (const authorize of authorizers) {
      const decision = await authorize(attributes);
      if (decision !== 'no opinion') return decision === 'allow';
    }
    return false;
  };
}

/** Members of system:masters may do everything. */
export const privilegedGroup: Authorizer = ({ user }) => Promise.resolve(user.groups.includes('system:masters') ? 'allow' : 'no opinion');

/** Everybody may do everything: `--authorization-mode=AlwaysAllow`. */
export const alwaysAllow: Authorizer = () => Promise.resolve('allow');

const publicPaths = new Set(['/healthz', '/livez', '/readyz', '/version', '/version/']);
const discoveryPaths = ['/api', '/apis', '/openapi', '/healthz', '/livez', '/readyz', '/version'];

/**
 * What anybody may see: health and version for all (system:public-info-viewer), discovery for the authenticated (system:discovery).
 * Behaviour: the bootstrap policy's roles of these names, v1.37.
 */
export const publicInformation: Authorizer = ({ user, verb, isResourceRequest, path }) => {
  if (isResourceRequest || verb !== 'get') return Promise.resolve('no opinion');
  if (publicPaths.has(path)) return Promise.resolve('allow');
  const discovery = discoveryPaths.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
  return Promise.resolve(discovery && user.groups.includes('system:authenticated') ? 'allow' : 'no opinion');
};

/** Why a request was refused, in upstream's words. Behaviour: endpoints/handlers/responsewriters forbiddenMessage. */
export function forbiddenMessage({ user, verb, isResourceRequest, path, group, resource, subresource, namespace }: AuthorizationAttributes): string {
  const who = `User ${JSON.stringify(user.name)} cannot ${verb}`;
  if (!isResourceRequest) return `${who} path ${JSON.stringify(path)}`;
  const what = `resource ${JSON.stringify(subresource === '' ? resource : `${resource}/${subresource}`)} in API group ${JSON.stringify(group)}`;
  return namespace === '' ? `${who} ${what} at the cluster scope` : `${who} ${what} in the namespace ${JSON.stringify(namespace)}`;
}
