import {
  conflictError,
  fieldPath,
  groupVersionText,
  invalidError,
  notFoundError,
  validateNonNegative,
} from '@keelson/api-machinery';
import { ObjectRepresentation, type Store } from '@keelson/generic-registry';
import { schemaOf } from '@keelson/kubernetes-api';
import type { Scale } from '@keelson/kubernetes-api/autoscaling/v1';
import type {
  GetOptions,
  Patcher,
  Representation,
  RequestContext,
  Storage,
  TableConvertor,
  UpdatedObject,
  UpdateOptions,
} from '@keelson/rest-interfaces';
import { encodeJson } from '@keelson/serialization';
import { entriesOfParent, entriesOfScale } from './managed-fields.ts';
import { scaleOf, type Scalable } from './scalable.ts';
import { scaleTable } from './table.ts';

const scaleSchema = schemaOf('autoscaling/v1.Scale');
const represent = (scale: Scale): Representation<Scale> =>
  new ObjectRepresentation(scale, (object) => encodeJson(object, scaleSchema));

/** An object seen as how many replicas it has: `subresources: (store) => ({ scale: new ScaleStorage(store) })`. Behaviour: registry/apps/deployment/storage ScaleREST, v1.37. */
export class ScaleStorage<T extends Scalable>
  implements Storage<Scale>, Patcher<Scale>, TableConvertor<Scale>
{
  readonly kind = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
  readonly typeId = 'autoscaling/v1.Scale';
  readonly namespaced = true;
  readonly allowCreateOnUpdate = false;
  readonly tableColumns = scaleTable.columns;
  readonly #store: Store<T>;

  constructor(store: Store<T>) {
    this.#store = store;
  }

  tableCells(scale: Scale, now: number) {
    return scaleTable.cells(scale, now);
  }

  async get(
    name: string,
    options: GetOptions,
    context: RequestContext,
  ): Promise<Representation<Scale>> {
    return represent(scaleOf((await this.#store.get(name, options, context)).object));
  }

  async update(
    name: string,
    updated: UpdatedObject<Scale>,
    { validate, dryRun }: UpdateOptions<Scale>,
    context: RequestContext,
  ) {
    const { preconditions } = updated;
    const asScale = (object: T | undefined) => (object === undefined ? undefined : scaleOf(object));
    const { item } = await this.#store.update(
      name,
      {
        ...(preconditions === undefined ? {} : { preconditions }),
        apply: (current) => this.#apply(name, updated, current),
      },
      {
        dryRun,
        ...(validate === undefined
          ? {}
          : { validate: (object, old) => validate(scaleOf(object), asScale(old)) }),
      },
      context,
    );
    return { item: represent(scaleOf(item.object)), created: false };
  }

  /** The object as its scale, changed, and back. */
  async #apply(name: string, updated: UpdatedObject<Scale>, current: T | undefined): Promise<T> {
    const { group, version } = this.#store.kind;
    const groupResource = { group, resource: `${this.#store.resource.plural}/scale` };
    if (current === undefined) throw notFoundError(groupResource, name);
    const entries = current.metadata.managedFields ?? [];
    const before = scaleOf(current);
    before.metadata.managedFields = entriesOfScale(entries);
    const scale = await updated.apply(before);
    const errors = validateNonNegative(scale.spec.replicas ?? 0, fieldPath('spec', 'replicas'));
    if (errors.length > 0)
      throw invalidError({ group: 'autoscaling', kind: 'Scale' }, name, errors);
    const { uid, resourceVersion, managedFields = [] } = scale.metadata;
    if (uid && uid !== current.metadata.uid) {
      throw conflictError(
        groupResource,
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid ?? ''}`,
      );
    }
    const object = structuredClone(current);
    object.spec.replicas = scale.spec.replicas ?? 0;
    if (resourceVersion === undefined) delete object.metadata.resourceVersion;
    else object.metadata.resourceVersion = resourceVersion;
    object.metadata.managedFields = entriesOfParent(
      entries,
      managedFields,
      groupVersionText({ group, version }),
    );
    return object;
  }
}
