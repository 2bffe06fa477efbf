import type { KubernetesObject } from '@keelson/api-machinery';
import type {
  CollectionDeleter,
  CreateOptions,
  DeleteOptions,
  DeleteResult,
  GetOptions,
  ListOptions,
  ListResult,
  Representation,
  RequestContext,
  TableColumn,
  TableRowCondition,
  UpdatedObject,
  UpdateOptions,
  WatchHandle,
  WatchOptions,
  WatchSink,
} from '@keelson/rest-interfaces';
import type { Snapshot } from '@keelson/storage';
import { create } from './create.ts';
import { deleteCollection } from './delete-collection.ts';
import { deleteObject } from './delete.ts';
import { get } from './get.ts';
import { list, watch } from './list.ts';
import { mutate } from './mutate.ts';
import type { Resource } from './resource.ts';
import type { StoreParts } from './store-parts.ts';
import type { Change, Store, SubresourceStore } from './store.ts';
import type { Strategy } from './strategy.ts';
import { defaultTable } from './table.ts';
import { update, type UpdateResult } from './update.ts';

/** What a store and its copies with another strategy have in common: GET, PUT, PATCH and a table. */
class StrategyStore<T extends KubernetesObject> implements SubresourceStore<T> {
  protected readonly parts: StoreParts<T>;
  readonly kind;
  readonly namespaced: boolean;
  readonly typeId: string;
  readonly allowCreateOnUpdate: boolean;
  readonly resetFields: readonly (readonly string[])[];
  readonly tableColumns: readonly TableColumn[];

  constructor(parts: StoreParts<T>) {
    const { resource, strategy } = parts;
    this.parts = parts;
    this.kind = parts.kind;
    this.namespaced = strategy.namespaced;
    this.typeId = resource.typeId;
    this.allowCreateOnUpdate = strategy.allowCreateOnUpdate ?? false;
    this.resetFields = strategy.resetFields ?? [];
    this.tableColumns = (resource.table ?? defaultTable).columns;
  }

  default(object: T): void {
    this.parts.resource.default?.(object);
  }

  tableCells(object: T, now: number): readonly (string | number | boolean | null)[] {
    return (this.parts.resource.table ?? defaultTable).cells(object, now);
  }

  tableConditions(object: T): readonly TableRowCondition[] {
    return this.parts.resource.table?.conditions?.(object) ?? [];
  }

  get(name: string, options: GetOptions, context: RequestContext): Promise<Representation<T>> {
    return get(this.parts, name, options, context);
  }

  update(
    name: string,
    updated: UpdatedObject<T>,
    options: UpdateOptions<T>,
    context: RequestContext,
  ): Promise<UpdateResult<T>> {
    return update(this.parts, name, updated, options, context);
  }
}

/** The store of a resource that has all the common verbs but the deletion of its collection. */
export class GenericStore<T extends KubernetesObject> extends StrategyStore<T> implements Store<T> {
  readonly resource: Resource<T>;
  readonly listKind: string;
  readonly singularName: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly selectableFields: readonly string[];
  readonly namespaceSelectable: boolean;
  readonly deprecationWarning?: string;

  constructor(parts: StoreParts<T>) {
    super(parts);
    const { resource } = parts;
    this.resource = resource;
    this.listKind = `${parts.kind.kind}List`;
    this.singularName = resource.singular ?? parts.kind.kind.toLowerCase();
    this.shortNames = resource.shortNames ?? [];
    this.categories = resource.categories ?? [];
    this.selectableFields = resource.selectableFields?.names ?? [];
    this.namespaceSelectable = resource.namespaceSelectable ?? true;
    if (resource.deprecationWarning !== undefined)
      this.deprecationWarning = resource.deprecationWarning;
  }

  create(
    object: T,
    options: CreateOptions<T>,
    context: RequestContext,
  ): Promise<Representation<T>> {
    return create(this.parts, object, options, context);
  }

  list(options: ListOptions, context: RequestContext): Promise<ListResult<T>> {
    return list(this.parts, options, context);
  }

  watch(options: WatchOptions, sink: WatchSink<T>, context: RequestContext): Promise<WatchHandle> {
    return watch(this.parts, options, sink, context);
  }

  delete(
    name: string,
    options: DeleteOptions<T>,
    context: RequestContext,
  ): Promise<DeleteResult<T>> {
    return deleteObject(this.parts, name, options, context);
  }

  withStrategy(strategy: Strategy<T>): SubresourceStore<T> {
    const { hooks } = this.parts;
    // Its writes allocate nothing; one that takes the last finalizer deletes the object like any other.
    const ending =
      hooks.beginDelete === undefined
        ? {}
        : { beginDelete: (object: T) => hooks.beginDelete?.(object) ?? Promise.resolve({}) };
    return new StrategyStore({ ...this.parts, strategy, hooks: ending });
  }

  read(namespace: string, name: string): Promise<Snapshot<T> | undefined> {
    return this.parts.storage.get(this.parts.keys.object(namespace, name));
  }

  async seen(namespace: string, name: string): Promise<Snapshot<T> | undefined> {
    const key = this.parts.keys.object(namespace, name);
    return this.parts.storage.peek(key) ?? (await this.parts.storage.get(key));
  }

  mutate(
    namespace: string,
    name: string,
    change: Change<T>,
    options: { readonly dryRun?: boolean } = {},
  ): Promise<Snapshot<T>> {
    return mutate(this.parts, { namespace, name, dryRun: options.dryRun ?? false }, change);
  }

  async all(namespace: string): Promise<readonly Snapshot<T>[]> {
    return (await this.parts.storage.list(this.parts.keys.collection(namespace), {})).items;
  }
}

/** The store of a resource with all the common verbs. */
export class StandardStore<T extends KubernetesObject>
  extends GenericStore<T>
  implements CollectionDeleter<T>
{
  deleteCollection(
    options: DeleteOptions<T>,
    listOptions: ListOptions,
    context: RequestContext,
  ): Promise<ListResult<T>> {
    return deleteCollection(this.parts, options, listOptions, context);
  }
}
