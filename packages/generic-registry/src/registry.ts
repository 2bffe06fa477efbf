import {
  systemClock,
  type Clock,
  type GroupVersion,
  type KubernetesObject,
} from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import type { Storage } from '@keelson/rest-interfaces';
import { encodeStoredJson, parseEncoded } from '@keelson/serialization';
import { openObjectStorage } from '@keelson/storage';
import type { StorageBackend } from '@keelson/storage-backend';
import { attributesOf } from './attributes.ts';
import { GenericStore, StandardStore } from './generic-store.ts';
import { createKeys } from './keys.ts';
import type { RegistryEnvironment, Resource } from './resource.ts';
import { jsonOfProtobuf } from './stored-protobuf.ts';
import { withStatusErrors } from './storage-errors.ts';
import type { Store } from './store.ts';

/** The resources of one group and version. Adding a resource to the server is adding it here. */
export interface ApiGroup extends GroupVersion {
  // A list of resources of different types: each is checked where it is declared.
  readonly resources: readonly Resource<KubernetesObject>[];
  /** Storages without objects of their own, by path: `bindings`. Called when all of the group's resources are open. */
  actions?(environment: RegistryEnvironment): Readonly<Record<string, Storage>>;
}

export interface RegistryOptions {
  readonly backend: StorageBackend;
  /** Where everything lives in the backend; `/registry` when absent. */
  readonly root?: string;
  readonly clock?: Clock;
}

/** The stores of all resources that a server serves, on one backend. */
export interface Registry extends AsyncDisposable {
  /** Storage by path below the group's version: `pods`, `pods/status`. */
  storages(group: string): ReadonlyMap<string, Storage>;
  /** The store of a resource; `undefined` when it is not served. */
  store<T extends KubernetesObject>(group: string, resource: string): Store<T> | undefined;
  /** Resolves when every cache holds the backend's state. */
  ready(): Promise<void>;
}

/** Opens a store for each resource of the groups. The backend stays the caller's to close. */
export function openRegistry(groups: readonly ApiGroup[], options: RegistryOptions): Registry {
  const { backend, root = '/registry', clock = systemClock } = options;
  const opened = new Map<string, OpenStore>();
  const environment: RegistryEnvironment = {
    backend,
    root,
    clock,
    // The caller names the type of the resource that it asks for by name.
    store: <T extends KubernetesObject>(group: string, resource: string) =>
      opened.get(`${group}/${resource}`)?.store as Store<T> | undefined,
  };
  const byGroup = new Map<string, Map<string, Storage>>();
  for (const served of groups) {
    const { group, resources } = served;
    const storages = byGroup.get(group) ?? new Map<string, Storage>();
    byGroup.set(group, storages);
    for (const resource of resources) {
      const one = openStore(resource, environment);
      opened.set(`${group}/${resource.plural}`, one);
      storages.set(resource.plural, one.store);
      for (const [name, storage] of Object.entries(
        resource.subresources?.(one.store, environment) ?? {},
      )) {
        storages.set(`${resource.plural}/${name}`, storage);
      }
    }
    for (const [path, storage] of Object.entries(served.actions?.(environment) ?? {}))
      storages.set(path, storage);
  }
  const all = [...opened.values()];
  return {
    storages: (group) => byGroup.get(group) ?? new Map(),
    store: (group, resource) => environment.store(group, resource),
    ready: async () => {
      await Promise.all(all.map(({ storage }) => storage.ready()));
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(all.map(({ storage }) => storage[Symbol.asyncDispose]()));
    },
  };
}

type OpenStore = ReturnType<typeof openStore<KubernetesObject>>;

function openStore<T extends KubernetesObject>(
  resource: Resource<T>,
  environment: RegistryEnvironment,
) {
  const { backend, root, clock } = environment;
  const schema = schemaOf(resource.typeId);
  const kind = schema.gvk?.[0];
  if (kind === undefined) throw new Error(`${resource.typeId} is no kind of its own`);
  // What is stored was written here, and is of its type.
  const parse = (bytes: Uint8Array) => parseEncoded(bytes, schema) as unknown as T;
  const prefix = resource.storagePrefix ?? resource.plural;
  const storage = openObjectStorage<T>({
    backend,
    prefix: `${root}/${prefix}/`,
    parse,
    translate: (bytes) => jsonOfProtobuf(bytes, schema, kind),
    attributes: attributesOf(resource),
    indexedFields: resource.indexedFields ?? [],
    direct: resource.watchCache === false,
    clock,
  });
  const Kind = resource.deleteCollection === false ? GenericStore<T> : StandardStore<T>;
  const store = new Kind({
    resource,
    strategy: resource.strategy,
    kind,
    groupResource: { group: kind.group, resource: resource.plural },
    storage: withStatusErrors(storage),
    keys: createKeys(root, prefix, resource.strategy.namespaced),
    clock,
    hooks: resource.hooks?.(environment) ?? {},
    parse,
    encode: (object) => encodeStoredJson(object, schema),
  });
  return { storage, store };
}
