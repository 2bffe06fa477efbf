import type { GroupVersionKind, KubernetesObject } from '@keelson/api-machinery';
import type {
  CreateOptions,
  DeleteOptions,
  GetOptions,
  ListOptions,
  UpdateOptions,
  WatchOptions,
} from './options.ts';
import type { ListResult, Representation, WatchHandle, WatchSink } from './representation.ts';
import type { RequestContext } from './request-context.ts';

/**
 * What every REST storage is, at the least. All else it shows by the operations that it implements: the installer asks
 * the type guards and derives routes, discovery and OpenAPI from them.
 * Behaviour: k8s.io/apiserver registry/rest, v1.37.
 */
export interface Storage<T = KubernetesObject> {
  /** The kind that its requests and responses carry. */
  readonly kind: GroupVersionKind;
  readonly namespaced: boolean;
  /** Its type in @keelson/kubernetes-api, e.g. `core/v1.Pod`. */
  readonly typeId: string;
  readonly singularName?: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  /** Fills in what a client left out, in place. Runs on every decoded body before admission. */
  default?(object: T): void;
  /** Paths whose ownership this storage takes from writers, e.g. `[['status']]`. */
  readonly resetFields?: readonly (readonly string[])[];
  /** The selectable fields besides `metadata.name` and `metadata.namespace`; a selector on another one is a 400. */
  readonly selectableFields?: readonly string[];
  /** False: a selector on `metadata.namespace` is a 400 as well. True when absent. */
  readonly namespaceSelectable?: boolean;
  /** A warning that every use of the resource gives. */
  readonly deprecationWarning?: string;
  /** Other versions of its kind that bodies may be of. */
  readonly alsoAccepts?: readonly GroupVersionKind[];
  /** Of a subresource: the UID, creation time and the like of a body that is created reach it, as preconditions. */
  readonly preservesSystemFields?: boolean;
}

export interface Getter<T = KubernetesObject> {
  /** Throws NotFound. */
  get(name: string, options: GetOptions, context: RequestContext): Promise<Representation<T>>;
}

export interface Lister<T = KubernetesObject> {
  /** e.g. `PodList`. */
  readonly listKind: string;
  list(options: ListOptions, context: RequestContext): Promise<ListResult<T>>;
}

export interface Creater<T = KubernetesObject, R = T> {
  /** Owns `object`. `name` is the parent's name for a subresource, else `''`. */
  create(
    object: T,
    options: CreateOptions<T>,
    context: RequestContext,
    name: string,
  ): Promise<Representation<R>>;
}

/** What an update makes of the current state. May be called again with a newer one after a conflict. */
export interface UpdatedObject<T> {
  /** Must hold for the current object, else Conflict. */
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  /** `current` is shared and read only; the result is the storage's to change. `undefined`: there is none (a create on update). */
  apply(current: T | undefined): Promise<T>;
}

export interface Updater<T = KubernetesObject> {
  update(
    name: string,
    updated: UpdatedObject<T>,
    options: UpdateOptions<T>,
    context: RequestContext,
  ): Promise<{ readonly item: Representation<T>; readonly created: boolean }>;
  /** Whether an update of a missing object creates it. */
  readonly allowCreateOnUpdate: boolean;
}

/** A patch reads and updates. */
export type Patcher<T = KubernetesObject> = Getter<T> & Updater<T>;

export interface DeleteResult<T> {
  /** False: the deletion waits for finalizers or for grace. */
  readonly deleted: boolean;
  /** The object's last state, or the state that it waits in. */
  readonly last: Representation<T>;
  /** Whether the answer is `last` (a pending deletion, or a kind that says so) or a Status that names it. */
  readonly returnObject: boolean;
}

export interface GracefulDeleter<T = KubernetesObject> {
  delete(
    name: string,
    options: DeleteOptions<T>,
    context: RequestContext,
  ): Promise<DeleteResult<T>>;
}

export interface CollectionDeleter<T = KubernetesObject> {
  /** Deletes what the list gives; resolves with what it was. */
  deleteCollection(
    options: DeleteOptions<T>,
    list: ListOptions,
    context: RequestContext,
  ): Promise<ListResult<T>>;
}

export interface Watcher<T = KubernetesObject> {
  watch(options: WatchOptions, sink: WatchSink<T>, context: RequestContext): Promise<WatchHandle>;
}

/** A subresource that is a connection: log, exec, attach, portforward, proxy. */
export interface Connecter {
  readonly connectMethods: readonly string[];
  /** The raw exchange is handed over by the server package, which knows its type. */
  connect(name: string, path: string, context: RequestContext): Promise<unknown>;
}

export interface TableColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  readonly format?: string;
  readonly description: string;
  readonly priority?: number;
}

/** What a row's object has come to, besides its cells: `kubectl get` waits for it, or shows it dimmed. */
export interface TableRowCondition {
  readonly type: 'Completed';
  readonly status: 'True';
  readonly reason: string;
  readonly message: string;
}

/** How `kubectl get` shows it. */
export interface TableConvertor<T = KubernetesObject> {
  readonly tableColumns: readonly TableColumn[];
  /** The cells of one row; `now` (ms) is for ages. */
  tableCells(object: T, now: number): readonly (string | number | boolean | null)[];
  /** The conditions of one row; none when absent. */
  tableConditions?(object: T): readonly TableRowCondition[];
}

/** The common verbs together. */
export type StandardStorage<T = KubernetesObject> = Storage<T> &
  Getter<T> &
  Lister<T> &
  Creater<T> &
  Updater<T> &
  GracefulDeleter<T> &
  CollectionDeleter<T> &
  Watcher<T>;
