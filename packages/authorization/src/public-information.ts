import { allowed, noOpinion, type Authorizer } from './authorizer.ts';

/** What a role lets be read, and who has it. A path that ends in `*` means all that begin so. */
interface PathRule {
  readonly group: string;
  readonly paths: readonly string[];
}

const publicInfo = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const discovery = ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*', ...publicInfo];

/** The bindings of system:public-info-viewer and system:discovery, as every cluster has them from its start. */
const rules: readonly PathRule[] = [
  { group: 'system:unauthenticated', paths: publicInfo },
  { group: 'system:authenticated', paths: discovery },
];

/** Lets everybody read health and version, and the authenticated read discovery: what the bootstrap roles say, until RBAC reads them. */
export const publicInformation: Authorizer = ({ user, verb, isResourceRequest, path }) => {
  const open =
    !isResourceRequest &&
    verb === 'get' &&
    rules.some(
      ({ group, paths }) =>
        user.groups.includes(group) && paths.some((rule) => matches(rule, path)),
    );
  return Promise.resolve(open ? allowed : noOpinion);
};

/** Behaviour: pkg/apis/rbac NonResourceURLMatches. */
function matches(rule: string, path: string): boolean {
  return rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : rule === path;
}
