import {
  badRequestError,
  conflictError,
  fieldPath,
  invalidError,
  labelSelectorFromObject,
  notFoundError,
  validateNonNegative,
  type LabelSelector,
} from '@keelson/api-machinery';
import { ObjectRepresentation, type Store } from '@keelson/generic-registry';
import { schemaOf } from '@keelson/kubernetes-api';
import type { Deployment } from '@keelson/kubernetes-api/apps/v1';
import type { Scale } from '@keelson/kubernetes-api/autoscaling/v1';
import type {
  Patcher,
  GetOptions,
  Representation,
  RequestContext,
  Storage,
  TableConvertor,
  UpdatedObject,
  UpdateOptions,
} from '@keelson/rest-interfaces';
import { encodeJson } from '@keelson/serialization';
import { scaleTable } from './scale-table.ts';

const groupResource = { group: 'apps', resource: 'deployments/scale' };
const scaleSchema = schemaOf('autoscaling/v1.Scale');
const represent = (scale: Scale): Representation<Scale> =>
  new ObjectRepresentation(scale, (object) => encodeJson(object, scaleSchema));

/** A deployment seen as how many replicas it has. Behaviour: registry/apps/deployment/storage ScaleREST, v1.37. */
export class ScaleStorage implements Storage<Scale>, Patcher<Scale>, TableConvertor<Scale> {
  readonly kind = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
  readonly typeId = 'autoscaling/v1.Scale';
  readonly namespaced = true;
  readonly allowCreateOnUpdate = false;
  readonly tableColumns = scaleTable.columns;
  readonly tableCells = scaleTable.cells;
  readonly #store: Store<Deployment>;

  constructor(store: Store<Deployment>) {
    this.#store = store;
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
    options: UpdateOptions<Scale>,
    context: RequestContext,
  ) {
    const apply = (current: Deployment | undefined) => applyScale(name, updated, current);
    const { validate } = options;
    const { item } = await this.#store.update(
      name,
      {
        ...(updated.preconditions === undefined ? {} : { preconditions: updated.preconditions }),
        apply,
      },
      {
        dryRun: options.dryRun,
        ...(validate === undefined
          ? {}
          : {
              validate: (deployment, old) =>
                validate(scaleOf(deployment), old === undefined ? undefined : scaleOf(old)),
            }),
      },
      context,
    );
    return { item: represent(scaleOf(item.object)), created: false };
  }
}

async function applyScale(
  name: string,
  updated: UpdatedObject<Scale>,
  current: Deployment | undefined,
): Promise<Deployment> {
  if (current === undefined) throw notFoundError(groupResource, name);
  const before = scaleOf(current);
  const scale = await updated.apply(before);
  const errors = validateNonNegative(scale.spec.replicas ?? 0, fieldPath('spec', 'replicas'));
  if (errors.length > 0) throw invalidError({ group: 'autoscaling', kind: 'Scale' }, name, errors);
  const { uid, resourceVersion, managedFields } = scale.metadata;
  if (uid && uid !== current.metadata.uid) {
    throw conflictError(
      groupResource,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid ?? ''}`,
    );
  }
  const deployment = structuredClone(current);
  deployment.spec.replicas = scale.spec.replicas ?? 0;
  if (resourceVersion === undefined) delete deployment.metadata.resourceVersion;
  else deployment.metadata.resourceVersion = resourceVersion;
  // Who scales owns the deployment's replicas.
  deployment.metadata.managedFields = parentFields(
    current.metadata.managedFields ?? [],
    managedFields ?? [],
  );
  return deployment;
}

type Entries = NonNullable<Scale['metadata']['managedFields']>;
const replicasOnly = { 'f:spec': { 'f:replicas': {} } };

/** The scale's entries, in the deployment's version, beside what others own of it. Behaviour: util/managedfields ScaleHandler. */
function parentFields(own: Entries, scaled: Entries): Entries {
  const scalers = scaled
    .filter(({ fieldsV1 }) => JSON.stringify(fieldsV1 ?? {}).includes('"f:replicas"'))
    .map((entry) => ({
      ...entry,
      apiVersion: 'apps/v1',
      fieldsType: 'FieldsV1',
      fieldsV1: replicasOnly,
    }));
  const isScaler = (entry: Entries[number]): boolean =>
    scalers.some(
      (one) =>
        one.manager === entry.manager &&
        one.operation === entry.operation &&
        one.subresource === entry.subresource,
    );
  const others = own
    .filter((entry) => !isScaler(entry))
    .map((entry) => (scalers.length === 0 ? entry : withoutReplicas(entry)));
  return [...others.filter((entry) => entry !== undefined), ...scalers];
}

function withoutReplicas(entry: Entries[number]): Entries[number] | undefined {
  const spec = entry.fieldsV1?.['f:spec'];
  if (
    typeof spec !== 'object' ||
    spec === null ||
    Array.isArray(spec) ||
    !Object.hasOwn(spec, 'f:replicas')
  )
    return entry;
  const { 'f:replicas': _, ...rest } = spec;
  const { 'f:spec': __, ...others } = entry.fieldsV1 ?? {};
  const fieldsV1 = Object.keys(rest).length === 0 ? others : { ...others, 'f:spec': rest };
  return Object.keys(fieldsV1).length === 0 ? undefined : { ...entry, fieldsV1 };
}

/** The entries of a deployment that own its replicas, as entries of its scale. */
function scaleFields(entries: Entries): Entries {
  return entries
    .filter(({ fieldsV1 }) => JSON.stringify(fieldsV1?.['f:spec'] ?? {}).includes('"f:replicas"'))
    .map((entry) => ({ ...entry, apiVersion: 'autoscaling/v1', fieldsV1: replicasOnly }));
}

function scaleOf({ metadata, spec, status }: Deployment): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp, managedFields } = metadata;
  const own = scaleFields(managedFields ?? []);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
      ...(own.length === 0 ? {} : { managedFields: own }),
    },
    spec: { replicas: spec.replicas ?? 0 },
    status: { replicas: status.replicas ?? 0, selector: selectorOf(spec.selector) },
  };
}

function selectorOf(selector: LabelSelector | null): string {
  try {
    return labelSelectorFromObject(selector).toString();
  } catch (error) {
    throw badRequestError(error instanceof Error ? error.message : String(error));
  }
}

/** A selector as people read it. */
export function selectorText(selector: LabelSelector | null): string {
  try {
    return labelSelectorFromObject(selector).toString();
  } catch {
    // An object that old validation let pass; tables say so.
    return '<invalid>';
  }
}
