import type { ApiGroupVersion } from './api-group.ts';
import { scopesOf } from './api-group.ts';
import { groupNames } from './discovery.ts';
import type { Scope } from './scope.ts';
import { verbsOf } from './verbs.ts';

/** All groups, versions and resources in one document. `legacy`: of `/api`, else of `/apis`. Behaviour: apidiscovery.k8s.io/v2. */
export function groupDiscoveryList(
  groupVersions: readonly ApiGroupVersion[],
  legacy: boolean,
): object {
  const names = legacy ? [''] : groupNames(groupVersions);
  const items = names.map((name) => ({
    metadata: name === '' ? {} : { name },
    versions: groupVersions.filter(({ group }) => group === name).map(versionOf),
  }));
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items,
  };
}

function versionOf(groupVersion: ApiGroupVersion): object {
  const scopes = scopesOf(groupVersion);
  const resources = scopes
    .filter(({ subresource }) => subresource === '')
    .sort((a, b) => (a.resource < b.resource ? -1 : 1))
    .map((scope) => resourceOf(scope, scopes));
  return { version: groupVersion.version, resources, freshness: 'Current' };
}

/** A kind of the group and version that it is served under says neither again. */
function kindOf({ kind, group, version }: Scope) {
  const own = kind.group === group && kind.version === version;
  return own
    ? { group: '', version: '', kind: kind.kind }
    : { group: kind.group, version: kind.version, kind: kind.kind };
}

function resourceOf(scope: Scope, scopes: readonly Scope[]): object {
  const { storage } = scope;
  const subresources = scopes
    .filter(({ resource, subresource }) => resource === scope.resource && subresource !== '')
    .sort((a, b) => (a.subresource < b.subresource ? -1 : 1))
    .map((sub) => ({
      subresource: sub.subresource,
      responseKind: kindOf(sub),
      verbs: verbsOf(sub.storage),
    }));
  return {
    resource: scope.resource,
    responseKind: kindOf(scope),
    scope: scope.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: storage.singularName ?? '',
    verbs: verbsOf(storage),
    ...(storage.shortNames?.length ? { shortNames: storage.shortNames } : {}),
    ...(storage.categories?.length ? { categories: storage.categories } : {}),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}
