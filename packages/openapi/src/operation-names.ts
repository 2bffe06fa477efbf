import type { DescribedGroupVersion } from './described-api.ts';
import type { Operation, OperatedPath } from './operations.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const withoutDomain = (group: string): string => group.replace(/\.k8s\.io$/, '');

type GroupVersion = Pick<DescribedGroupVersion, 'group' | 'version'>;

/** `apps` → `Apps`; the core group is `Core`. */
export const groupWord = (group: string): string =>
  (group === '' ? 'core' : withoutDomain(group)).split(/[.-]/).map(capital).join('');

/** `apps/v1` → `AppsV1`. */
export const versionWord = ({ group, version }: GroupVersion): string =>
  groupWord(group) + capital(version);

/** `rbac.authorization.k8s.io` → `rbacAuthorization`. */
export const groupTag = (group: string): string => {
  const word = groupWord(group);
  return word.charAt(0).toLowerCase() + word.slice(1);
};

/** `apps_v1`. */
export const versionTag = ({ group, version }: GroupVersion): string =>
  `${groupTag(group)}_${version}`;

interface Scope {
  /** Over all namespaces. */
  readonly acrossNamespaces?: boolean;
  readonly isList?: boolean;
}

/** `readCoreV1NamespacedPodStatus`, `watchCoreV1PodListForAllNamespaces`. */
export function operationId(
  { api, path, namespaced, parent }: OperatedPath,
  verb: string,
  { acrossNamespaces = false, isList = false }: Scope = {},
): string {
  const subresource = (path.split('/')[1] ?? '').split('-').map(capital).join('');
  const [method, collection] = verb === 'deleteCollection' ? ['delete', 'Collection'] : [verb, ''];
  const scope = namespaced && !acrossNamespaces ? 'Namespaced' : '';
  const suffix = (isList ? 'List' : '') + (acrossNamespaces ? 'ForAllNamespaces' : '');
  return method + versionWord(api) + collection + scope + parent + subresource + suffix;
}

/** What Kubernetes' own tools look for. */
export const action = (
  { kind }: OperatedPath,
  verb: string,
): Pick<Operation, 'action' | 'kind'> => ({ action: verb, kind });
