import type { KubernetesObject } from '@keelson/api-machinery';
import type {
  Creater,
  Getter,
  GracefulDeleter,
  Lister,
  Storage,
  TableConvertor,
  Updater,
  Watcher,
} from '@keelson/rest-interfaces';
import type { Snapshot } from '@keelson/storage';
import type { Resource } from './resource.ts';
import type { Strategy } from './strategy.ts';

/** The generic store of one resource: a strategy and a storage make the verbs. Most can delete their collection, too. */
export interface Store<T extends KubernetesObject>
  extends
    Storage<T>,
    Getter<T>,
    Lister<T>,
    Creater<T>,
    Updater<T>,
    GracefulDeleter<T>,
    Watcher<T>,
    TableConvertor<T> {
  readonly resource: Resource<T>;
  /** A store of the same objects with another strategy: `pods/status` is one. It has get and update, not list, create or delete. */
  withStrategy(strategy: Strategy<T>): SubresourceStore<T>;
  /** The newest state of an object, linearizably; `undefined` when there is none. */
  read(namespace: string, name: string): Promise<Snapshot<T> | undefined>;
  /**
   * The newest state that this server has seen, without a round trip; asks as `read` does when it has seen none. For what every
   * write looks at. Behaviour: upstream's admission plugins ask their informers, then the API.
   */
  seen(namespace: string, name: string): Promise<Snapshot<T> | undefined>;
  /**
   * Changes an object outside of its strategy, retrying on conflicts: for subresources that are not plain updates
   * (binding, eviction). `change` gets a copy that it may change and returns what to store, or `undefined` to leave it. It may
   * throw a StatusError. Throws NotFound.
   */
  mutate(
    namespace: string,
    name: string,
    change: Change<T>,
    options?: { readonly dryRun?: boolean },
  ): Promise<Snapshot<T>>;
  /** All objects of a namespace (`''`: of all), linearizably. */
  all(namespace: string): Promise<readonly Snapshot<T>[]>;
}

/** What `mutate` makes of an object. Written as a method, so that a store of a kind fits where stores of any kind are kept. */
export type Change<T> = { change(object: T, snapshot: Snapshot<T>): T | undefined }['change'];

/** What a subresource such as status serves. */
export type SubresourceStore<T extends KubernetesObject> = Pick<
  Store<T>,
  | 'kind'
  | 'namespaced'
  | 'typeId'
  | 'get'
  | 'update'
  | 'allowCreateOnUpdate'
  | 'resetFields'
  | 'default'
  | 'tableColumns'
  | 'tableCells'
  | 'tableConditions'
>;
