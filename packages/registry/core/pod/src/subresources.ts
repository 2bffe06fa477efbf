import type { RegistryEnvironment, Store } from '@keelson/generic-registry';
import type { Pod } from '@keelson/kubernetes-api/core/v1';
import type { Storage } from '@keelson/rest-interfaces';
import { BindingStorage } from './storage/binding-storage.ts';
import { EvictionStorage } from './storage/eviction-storage.ts';
import { ephemeralContainersStrategy } from './strategy/ephemeral-containers-strategy.ts';
import { resizeStrategy } from './strategy/resize-strategy.ts';
import { podStatusStrategy } from './strategy/status-strategy.ts';

/** The storages of `pods/NAME/…`, less those that talk to a node. */
export function podSubresources(
  store: Store<Pod>,
  environment: RegistryEnvironment,
): Readonly<Record<string, Storage>> {
  const status = store.withStrategy(podStatusStrategy);
  return {
    status,
    binding: new BindingStorage(store, environment),
    eviction: new EvictionStorage(store, status, environment),
    ephemeralcontainers: store.withStrategy(ephemeralContainersStrategy),
    resize: store.withStrategy(resizeStrategy),
  };
}
