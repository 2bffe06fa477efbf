import { conflictError, newUID, notFoundError } from '@keelson/api-machinery';
import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';
import type {
  CreateOptions,
  DeleteOptions,
  DeleteResult,
  GetOptions,
  ListOptions,
  ListResult,
  Representation,
  RequestContext,
  StandardStorage,
  TableConvertor,
  UpdatedObject,
  UpdateOptions,
  WatchEvent,
  WatchHandle,
  WatchOptions,
  WatchSink,
} from '@keelson/rest-interfaces';
import { schemaOf } from '@keelson/kubernetes-api';
import { encodeJson } from '@keelson/serialization';

const schema = schemaOf('core/v1.ConfigMap');
const groupResource = { group: '', resource: 'configmaps' };

/** One call of a storage. */
export interface Asked {
  readonly verb: string;
  readonly namespace: string;
  readonly options: Pick<ListOptions, 'fieldSelector'>;
}

/** The least that a storage of config maps is: a map, and no rules. It notes what it was asked for. */
export class ConfigMapStorage implements StandardStorage<ConfigMap>, TableConvertor<ConfigMap> {
  readonly kind = { group: '', version: 'v1', kind: 'ConfigMap' };
  readonly namespaced = true;
  readonly typeId = 'core/v1.ConfigMap';
  readonly listKind = 'ConfigMapList';
  readonly singularName = 'configmap';
  readonly shortNames = ['cm'];
  readonly allowCreateOnUpdate = false;
  readonly tableColumns = [{ name: 'Name', type: 'string', description: 'its name' }] as const;
  readonly asked: Asked[] = [];
  readonly objects = new Map<string, ConfigMap>();
  /** What a watch gets, all at once. */
  events: readonly WatchEvent<ConfigMap>[] = [];
  /** Why a watch ends, when it does not end well. */
  failure: Error | undefined;
  watches = 0;
  /** Why an object is not stored. */
  refuse: (object: ConfigMap) => Error | undefined = () => undefined;
  /** How often an update is tried, as if somebody else had been faster. */
  attempts = 1;
  #revision = 0;

  tableCells({ metadata }: ConfigMap): readonly string[] {
    return [metadata.name ?? ''];
  }

  get(name: string, _: GetOptions, context: RequestContext): Promise<Representation<ConfigMap>> {
    this.#note('get', context, {});
    return Promise.resolve(represent(this.#found(name, context)));
  }

  list(options: ListOptions, context: RequestContext): Promise<ListResult<ConfigMap>> {
    this.#note('list', context, options);
    const items = [...this.objects]
      .filter(([key]) => context.namespace === '' || key.startsWith(`${context.namespace}/`))
      .map(([, object]) => represent(object));
    return Promise.resolve({ items, resourceVersion: String(this.#revision) });
  }

  async create(
    object: ConfigMap,
    options: CreateOptions<ConfigMap>,
    context: RequestContext,
  ): Promise<Representation<ConfigMap>> {
    this.#note('create', context, {});
    await options.validate?.(object, undefined);
    object.metadata.uid = newUID();
    return this.#stored(object, context, options.dryRun);
  }

  async update(
    name: string,
    updated: UpdatedObject<ConfigMap>,
    options: UpdateOptions<ConfigMap>,
    context: RequestContext,
  ) {
    this.#note('update', context, {});
    if (options.forceAllowCreate === true && !this.objects.has(`${context.namespace}/${name}`))
      return await this.#createInstead(updated, options, context);
    const current = this.#found(name, context);
    const { uid } = updated.preconditions ?? {};
    if (uid !== undefined && uid !== current.metadata.uid)
      throw conflictError(groupResource, name, 'another one');
    for (let attempt = 1; attempt < this.attempts; attempt++) await updated.apply(current);
    const object = await updated.apply(current);
    await options.validate?.(object, current);
    return { item: this.#stored(object, context, options.dryRun), created: false };
  }

  async #createInstead(
    updated: UpdatedObject<ConfigMap>,
    { dryRun, validateCreate }: UpdateOptions<ConfigMap>,
    context: RequestContext,
  ) {
    const object = await updated.apply(undefined);
    await validateCreate?.(object, undefined);
    object.metadata.uid = newUID();
    return { item: this.#stored(object, context, dryRun), created: true };
  }

  delete(
    name: string,
    options: DeleteOptions<ConfigMap>,
    context: RequestContext,
  ): Promise<DeleteResult<ConfigMap>> {
    this.#note('delete', context, {});
    const last = represent(this.#found(name, context));
    if (!options.dryRun) this.objects.delete(`${context.namespace}/${name}`);
    return Promise.resolve({ deleted: true, last, returnObject: false });
  }

  deleteCollection(
    _: DeleteOptions<ConfigMap>,
    list: ListOptions,
    context: RequestContext,
  ): Promise<ListResult<ConfigMap>> {
    this.#note('deletecollection', context, list);
    return Promise.resolve({ items: [], resourceVersion: String(this.#revision) });
  }

  watch(
    options: WatchOptions,
    sink: WatchSink<ConfigMap>,
    context: RequestContext,
  ): Promise<WatchHandle> {
    this.#note('watch', context, options);
    this.watches++;
    if (this.events.length > 0) void sink.next(this.events);
    sink.end(this.failure);
    return Promise.resolve({ stop: () => void this.watches-- });
  }

  #note(verb: string, { namespace }: RequestContext, options: Asked['options']): void {
    this.asked.push({ verb, namespace, options });
  }

  #found(name: string, { namespace }: RequestContext): ConfigMap {
    const found = this.objects.get(`${namespace}/${name}`);
    if (found === undefined) throw notFoundError(groupResource, name);
    return found;
  }

  #stored(
    object: ConfigMap,
    { namespace }: RequestContext,
    dryRun: boolean,
  ): Representation<ConfigMap> {
    const refusal = this.refuse(object);
    if (refusal !== undefined) throw refusal;
    object.metadata.resourceVersion = String(++this.#revision);
    if (!dryRun) this.objects.set(`${namespace}/${object.metadata.name ?? ''}`, object);
    return represent(object);
  }
}

/** A config map on its way to a client. */
export function represent(object: ConfigMap): Representation<ConfigMap> {
  return {
    object,
    json: encodeJson(object, schema),
    encoded: (_, make) => make(represent(object)),
  };
}
