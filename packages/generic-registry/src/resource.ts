import type { Clock, KubernetesObject } from '@keelson/api-machinery';
import type { Storage, TableColumn, TableRowCondition } from '@keelson/rest-interfaces';
import type { PutOptions } from '@keelson/storage';
import type { StorageBackend } from '@keelson/storage-backend';
import type { Store } from './store.ts';
import type { Strategy } from './strategy.ts';

/** The kind that a type says of itself: `'ConfigMap'` for ConfigMap. */
type KindOf<T extends KubernetesObject> = NonNullable<T['kind']>;

/** What a resource's own code can reach beyond its objects. */
export interface RegistryEnvironment {
  readonly backend: StorageBackend;
  /** Where everything lives in the backend: `/registry`. */
  readonly root: string;
  readonly clock: Clock;
  /** The store of another resource, e.g. `('policy', 'poddisruptionbudgets')`; undefined when it is not served. Call it while serving, not while starting. */
  store<T extends KubernetesObject>(group: string, resource: string): Store<T> | undefined;
}

/** What a write takes along: `also` joins its transaction, `rollback` runs when it does not happen (dry runs included). */
export interface WriteEffects {
  readonly also?: NonNullable<PutOptions<unknown>['also']>;
  /** Runs after the write is durable. */
  commit?(): void;
  rollback?(): void;
}

/** Steps around a resource's writes, for what strategies cannot do: they may wait, and reach the backend. They run before preparation and validation, as upstream's BeginCreate and BeginUpdate do, in writes of the resource itself; only `beginDelete` runs for its subresources, too. */
export interface WriteHooks<T extends KubernetesObject> {
  /** May change `object` (allocate); throws the StatusError of a refusal. Called again, after `rollback`, when the transaction did not go through. */
  beginCreate?(object: T, dryRun: boolean): Promise<WriteEffects>;
  beginUpdate?(object: T, old: T, dryRun: boolean): Promise<WriteEffects>;
  beginDelete?(object: T): Promise<WriteEffects>;
}

export interface Table<T extends KubernetesObject> {
  readonly columns: readonly TableColumn[];
  /** One row; `now` (ms) is for ages. */
  cells(object: T, now: number): readonly (string | number | boolean | null)[];
  /** What the object has come to; nothing when absent. */
  conditions?(object: T): readonly TableRowCondition[];
}

/**
 * Everything that is special about one resource. A resource package exports one value of this type (or a function of its
 * settings that returns it); a group's list names it, and that is all there is to adding a resource.
 */
export interface Resource<T extends KubernetesObject> {
  readonly kind: KindOf<T>;
  /** Its type in @keelson/kubernetes-api; tells group and version, too: `core/v1.ConfigMap`. */
  readonly typeId: string;
  readonly plural: string;
  /** The kind in lower case when absent. */
  readonly singular?: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly strategy: Strategy<T>;
  /** Scheme defaulting: fills in what a client left out, in place, before admission. */
  default?(object: T): void;
  /** Name, then age, when absent. */
  readonly table?: Table<T>;
  /** The fields that selectors may use besides `metadata.name` and `metadata.namespace`, and what an object has there. */
  readonly selectableFields?: {
    readonly names: readonly string[];
    of(object: T): Readonly<Record<string, string>>;
  };
  /** False: `metadata.namespace` is not selectable either (cluster-scoped kinds with their own conversion). True when absent. */
  readonly namespaceSelectable?: boolean;
  /** Selectable fields that watches are indexed by, besides namespace and name: `spec.nodeName` for pods. */
  readonly indexedFields?: readonly string[];
  /** Where it lives below the backend's root when that is not its plural: `services/specs`. */
  readonly storagePrefix?: string;
  /** False: reads are answered as upstream does without its watch cache (events). True when absent. */
  readonly watchCache?: boolean;
  /** How long its objects live, in seconds; for ever when absent. */
  readonly ttlSeconds?: number;
  /** False: there is no DELETE of the collection (namespaces). True when absent. */
  readonly deleteCollection?: boolean;
  /** A warning that every use of the resource gives. */
  readonly deprecationWarning?: string;
  /** Made once per server. */
  hooks?(environment: RegistryEnvironment): WriteHooks<T>;
  /** Storages of `plural/NAME`, by NAME; they share `store`, as copies of it with another strategy or as storages of their own. */
  subresources?(
    store: Store<T>,
    environment: RegistryEnvironment,
  ): Readonly<Record<string, Storage>>;
}
