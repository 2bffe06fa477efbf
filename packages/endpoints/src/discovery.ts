import { createHash } from 'node:crypto';
import { groupVersionText } from '@keelson/api-machinery';
import type { ApiGroupVersion } from './api-group.ts';
import { scopesOf } from './api-group.ts';
import type { Scope } from './scope.ts';
import { verbsOf } from './verbs.ts';

/** One entry of a group version's resources. Behaviour: metav1.APIResource. */
interface ResourceEntry {
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly storageVersionHash?: string;
}

/** `/api/v1`, `/apis/apps/v1`. */
export function resourceList(groupVersion: ApiGroupVersion): object {
  const resources = scopesOf(groupVersion)
    .map(entryOf)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  // The legacy group says no apiVersion of its own list.
  const apiVersion = groupVersion.group === '' ? {} : { apiVersion: 'v1' };
  return {
    kind: 'APIResourceList',
    ...apiVersion,
    groupVersion: groupVersionText(groupVersion),
    resources,
  };
}

function entryOf(scope: Scope): ResourceEntry {
  const { storage } = scope;
  const foreign = scope.kind.group !== scope.group || scope.kind.version !== scope.version;
  return {
    name: scope.path,
    singularName: scope.subresource === '' ? (storage.singularName ?? '') : '',
    namespaced: storage.namespaced,
    ...(foreign
      ? {
          ...(scope.kind.group === '' ? {} : { group: scope.kind.group }),
          version: scope.kind.version,
        }
      : {}),
    kind: scope.kind.kind,
    verbs: verbsOf(storage),
    ...(nonEmpty(storage.shortNames) ? { shortNames: storage.shortNames ?? [] } : {}),
    ...(nonEmpty(storage.categories) ? { categories: storage.categories ?? [] } : {}),
    ...(scope.subresource === '' && verbsOf(storage).includes('get')
      ? { storageVersionHash: storageVersionHash(scope) }
      : {}),
  };
}

const nonEmpty = (list: readonly string[] | undefined): boolean =>
  list !== undefined && list.length > 0;

/** Tells clients when objects are stored in another version. Behaviour: k8s.io/apiserver discovery StorageVersionHash. */
function storageVersionHash({ kind }: Scope): string {
  return createHash('sha256')
    .update(`${kind.group}/${kind.version}/${kind.kind}`)
    .digest()
    .subarray(0, 8)
    .toString('base64');
}

interface GroupEntry {
  readonly name: string;
  readonly versions: readonly { readonly groupVersion: string; readonly version: string }[];
  readonly preferredVersion: { readonly groupVersion: string; readonly version: string };
}

/** One group of `/apis`. */
export function groupOf(
  group: string,
  groupVersions: readonly ApiGroupVersion[],
): GroupEntry | undefined {
  const versions = groupVersions
    .filter((served) => served.group === group)
    .map((served) => ({ groupVersion: groupVersionText(served), version: served.version }));
  const [preferredVersion] = versions;
  return preferredVersion === undefined ? undefined : { name: group, versions, preferredVersion };
}

/** The names of the groups below `/apis`, the most important first. */
export function groupNames(groupVersions: readonly ApiGroupVersion[]): readonly string[] {
  const sorted = [...groupVersions]
    .filter(({ group }) => group !== '')
    .sort((a, b) => b.priority - a.priority);
  return [...new Set(sorted.map(({ group }) => group))];
}

/** `/apis`. */
export function groupList(groupVersions: readonly ApiGroupVersion[]): object {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groupNames(groupVersions).map((name) => groupOf(name, groupVersions)),
  };
}

/** `/apis/apps`. */
export function groupDocument(
  group: string,
  groupVersions: readonly ApiGroupVersion[],
): object | undefined {
  const entry = groupOf(group, groupVersions);
  return entry === undefined ? undefined : { kind: 'APIGroup', apiVersion: 'v1', ...entry };
}

/** `/api`. */
export function legacyVersions(serverAddress: string): object {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress }],
  };
}
