import type { GroupVersion } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import type { Storage } from '@keelson/rest-interfaces';
import { routesOf, type ScopeRoutes } from './routes.ts';
import type { Scope } from './scope.ts';

/** What one group and version serves. */
export interface ApiGroupVersion extends GroupVersion {
  /** Storage by path: `pods`, `pods/status`. */
  readonly storages: ReadonlyMap<string, Storage>;
  /** How lists of groups are ordered: higher first. Behaviour: APIService groupPriorityMinimum. */
  readonly priority: number;
}

/** The paths of a group's version, as scopes. */
export function scopesOf({ group, version, storages }: ApiGroupVersion): readonly Scope[] {
  return [...storages].map(([path, storage]) => {
    const [resource = '', subresource = ''] = path.split('/');
    return {
      path,
      resource,
      subresource,
      group,
      version,
      groupResource: { group, resource },
      kind: storage.kind,
      namespaced: storage.namespaced,
      storage,
      schema: schemaOf(storage.typeId),
      parent: storages.get(resource) ?? storage,
    };
  });
}

export interface ServedScope {
  readonly scope: Scope;
  readonly routes: ScopeRoutes;
}

/** All scopes of a server, found by group, version and path. */
export class ScopeIndex {
  readonly #byKey = new Map<string, ServedScope>();
  readonly #groups: ReadonlySet<string>;

  constructor(groupVersions: readonly ApiGroupVersion[]) {
    this.#groups = new Set(groupVersions.map(({ group }) => group));
    for (const groupVersion of groupVersions) {
      for (const scope of scopesOf(groupVersion))
        this.#byKey.set(`${scope.group}/${scope.version}/${scope.path}`, {
          scope,
          routes: routesOf(scope),
        });
    }
  }

  find(group: string, version: string, path: string): ServedScope | undefined {
    return this.#byKey.get(`${group}/${version}/${path}`);
  }

  /** Whether a group below `/apis` is served at all. */
  hasGroup(group: string): boolean {
    return group !== '' && this.#groups.has(group);
  }
}
