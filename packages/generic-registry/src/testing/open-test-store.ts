import type { Clock, KubernetesObject } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import type { Storage } from '@keelson/rest-interfaces';
import { MemoryBackend } from '@keelson/storage-backend/memory';
import { openRegistry } from '../registry.ts';
import type { Resource } from '../resource.ts';
import type { StandardStore } from '../generic-store.ts';
import { decoded } from './decoded.ts';

/** What a test of a resource works with: its store on a memory backend, and a clock that stands still. */
export interface TestStore<T extends KubernetesObject> extends AsyncDisposable {
  readonly store: StandardStore<T>;
  readonly backend: MemoryBackend;
  readonly clock: Clock & { advance(milliseconds: number): void };
  /** A storage of `plural/NAME`, by NAME. */
  subresource(name: string): Storage | undefined;
  /** An object as a request's body would be decoded and defaulted. */
  decoded(body: unknown): T;
}

/** A resource that another looks at. */
export interface TestResource {
  readonly group: string;
  readonly resource: Resource<KubernetesObject>;
}

/** Opens the resource's store, and those of `others` beside it, on an empty memory backend. */
export async function openTestStore<T extends KubernetesObject>(
  resource: Resource<T>,
  others: readonly TestResource[] = [],
): Promise<TestStore<T>> {
  let now = Date.UTC(2026, 10, 24, 10);
  const clock = { now: () => now, advance: (milliseconds: number) => void (now += milliseconds) };
  const { group = '', version = 'v1' } = schemaOf(resource.typeId).gvk?.[0] ?? {};
  const backend = new MemoryBackend();
  const groups = [
    // The list holds resources of different types; each was checked where it is declared.
    { group, version, resources: [resource as unknown as Resource<KubernetesObject>] },
    ...others.map((other) => ({ group: other.group, version: 'v1', resources: [other.resource] })),
  ];
  const registry = openRegistry(groups, { backend, clock });
  await registry.ready();
  const store = registry.store<T>(group, resource.plural);
  if (store === undefined) throw new Error(`${resource.plural} has no store`);
  return {
    store: store as StandardStore<T>,
    backend,
    clock,
    subresource: (name) => registry.storages(group).get(`${resource.plural}/${name}`),
    decoded: (body) => decoded<T>(store, body),
    [Symbol.asyncDispose]: async () => {
      await registry[Symbol.asyncDispose]();
      await backend[Symbol.asyncDispose]();
    },
  };
}
