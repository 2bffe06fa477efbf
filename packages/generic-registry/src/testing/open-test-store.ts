import type { Clock, KubernetesObject } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import { normalize } from '@keelson/serialization';
import { MemoryBackend } from '@keelson/storage-backend/memory';
import { openRegistry } from '../registry.ts';
import type { Resource } from '../resource.ts';
import type { StandardStore } from '../generic-store.ts';

/** What a test of a resource works with: its store on a memory backend, and a clock that stands still. */
export interface TestStore<T extends KubernetesObject> extends AsyncDisposable {
  readonly store: StandardStore<T>;
  readonly backend: MemoryBackend;
  readonly clock: Clock & { advance(milliseconds: number): void };
  /** An object as a request's body would be decoded and defaulted. */
  decoded(body: unknown): T;
}

/** Opens the resource's store, and those of `others` beside it, on an empty memory backend. */
export async function openTestStore<T extends KubernetesObject>(
  resource: Resource<T>,
  others: readonly { readonly group: string; readonly resource: Resource<KubernetesObject> }[] = [],
): Promise<TestStore<T>> {
  let now = Date.UTC(2026, 10, 24, 10);
  const clock = { now: () => now, advance: (milliseconds: number) => void (now += milliseconds) };
  const schema = schemaOf(resource.typeId);
  const { group = '', version = 'v1' } = schema.gvk?.[0] ?? {};
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
    decoded: (body) => {
      const object = normalize(body, schema) as T;
      Object.assign(object, {
        kind: resource.kind,
        apiVersion: group === '' ? version : `${group}/${version}`,
      });
      store.default?.(object);
      return object;
    },
    [Symbol.asyncDispose]: async () => {
      await registry[Symbol.asyncDispose]();
      await backend[Symbol.asyncDispose]();
    },
  };
}
