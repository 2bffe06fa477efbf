import type { KubernetesObject, ManagedFieldsEntry } from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { compareObjects, type Comparison } from './compare.ts';
import {
  addAll,
  childOf,
  emptySet,
  encodeFieldSet,
  isEmptySet,
  parseFieldSet,
  removeAll,
  removeBelow,
  type FieldSet,
} from './field-set.ts';
import { withoutAncient } from './ancient-changes.ts';

/** One write, as field management sees it. */
export interface FieldWrite {
  readonly manager: string;
  /** `''` for the resource itself. */
  readonly subresource: string;
  /** RFC 3339, whole seconds. */
  readonly time: string;
  readonly schema: TypeSchema;
  /** e.g. `apps/v1`; that of the schema's kind when absent. */
  readonly apiVersion?: string;
  /** Paths that this write cannot change: nobody comes to own them through it. */
  readonly resetFields: readonly (readonly string[])[];
  /** What a new object is compared with: the empty object of its type. */
  readonly empty: object;
}

/** Who manages what, with the set unfolded. */
interface Manager {
  readonly entry: ManagedFieldsEntry;
  readonly set: FieldSet;
  /** Whether the set differs from what the entry says. */
  readonly changed: boolean;
}

/**
 * Notes in `object.metadata.managedFields`, in place, who set which field by an update (create, PUT, patch). `live` is the stored
 * object, undefined for a create. Behaviour: k8s.io/apimachinery util/managedfields FieldManager.Update, v1.37.
 */
export function updateManagedFields(
  live: KubernetesObject | undefined,
  object: KubernetesObject,
  write: FieldWrite,
): void {
  const managers = managersOf(live, object, write);
  delete object.metadata.managedFields;
  // Nobody kept track of this object so far: what it came with has no owner, and it stays like that. Behaviour: managedfields skipNonAppliedManager.
  if (live !== undefined && managers.length === 0) return;
  const comparison = ignoring(
    compareObjects(live ?? write.empty, object, write.schema),
    write.resetFields,
  );
  const taken = comparison.changed;
  const others = managers.map((manager) =>
    without(manager, comparison, isOwn(manager.entry, write)),
  );
  const updated = isEmptySet(taken) ? others : withOwn(others, taken, write);
  const entries = withoutAncient(updated.filter(({ set }) => !isEmptySet(set)))
    .map(entryOf)
    .sort(byOrder);
  if (entries.length > 0) object.metadata.managedFields = entries;
}

/** From the object that was sent when it has some that can be read, else from the stored one; none after a reset. */
function managersOf(
  live: KubernetesObject | undefined,
  object: KubernetesObject,
  { subresource }: FieldWrite,
): readonly Manager[] {
  const sent = object.metadata.managedFields ?? [];
  const stored = live?.metadata.managedFields ?? [];
  if (subresource !== '') return decode(stored) ?? [];
  if (sent.length === 1 && sent[0] !== undefined && Object.keys(sent[0]).length === 0) return [];
  const managers = decode(sent);
  return managers === undefined || managers.length === 0 ? (decode(stored) ?? []) : managers;
}

function decode(entries: readonly ManagedFieldsEntry[]): Manager[] | undefined {
  const managers: Manager[] = [];
  for (const entry of entries) {
    const set = parseFieldSet(entry.fieldsV1 ?? {});
    if (set === undefined || (entry.operation !== 'Apply' && entry.operation !== 'Update'))
      return undefined;
    managers.push({ entry, set, changed: false });
  }
  return managers;
}

function ignoring(
  { changed, removed }: Comparison,
  resetFields: FieldWrite['resetFields'],
): Comparison {
  for (const path of resetFields) {
    const reset = emptySet();
    path.reduce((set, name) => childOf(set, `f:${name}`), reset).member = true;
    removeBelow(changed, reset);
    removeBelow(removed, reset);
  }
  return { changed, removed };
}

/** What is left to a manager after the write: what went away is nobody's, what was set anew is the writer's. */
function without(manager: Manager, { changed, removed }: Comparison, own: boolean): Manager {
  const lost = [removeAll(manager.set, removed), own ? false : removeAll(manager.set, changed)];
  return lost.includes(true) ? { ...manager, changed: true } : manager;
}

const apiVersionOf = ({ apiVersion, schema }: FieldWrite): string => {
  if (apiVersion !== undefined) return apiVersion;
  const kind = schema.gvk?.[0];
  return kind === undefined
    ? 'v1'
    : kind.group === ''
      ? kind.version
      : `${kind.group}/${kind.version}`;
};

const isOwn = (entry: ManagedFieldsEntry, write: FieldWrite): boolean =>
  entry.operation === 'Update' &&
  entry.manager === write.manager &&
  (entry.subresource ?? '') === write.subresource &&
  entry.apiVersion === apiVersionOf(write);

function withOwn(
  managers: readonly Manager[],
  taken: FieldSet,
  write: FieldWrite,
): readonly Manager[] {
  const own = managers.find(({ entry }) => isOwn(entry, write));
  const set = own?.set ?? emptySet();
  addAll(set, taken);
  const entry: ManagedFieldsEntry = {
    manager: write.manager,
    operation: 'Update',
    apiVersion: apiVersionOf(write),
    time: write.time,
    fieldsType: 'FieldsV1',
    ...(write.subresource === '' ? {} : { subresource: write.subresource }),
  };
  return [...managers.filter((manager) => manager !== own), { entry, set, changed: true }];
}

/** An entry whose set did not change is passed on as it is. */
function entryOf({ entry, set, changed }: Manager): ManagedFieldsEntry {
  if (!changed) return entry;
  const { subresource, ...rest } = entry;
  return {
    ...rest,
    fieldsType: 'FieldsV1',
    fieldsV1: encodeFieldSet(set),
    ...(subresource ? { subresource } : {}),
  };
}

/** Apply before Update, then by time, then by name. Behaviour: managedfields sortEncodedManagedFields. */
function byOrder(a: ManagedFieldsEntry, b: ManagedFieldsEntry): number {
  const keys = (entry: ManagedFieldsEntry) => [
    entry.operation ?? '',
    entry.time ?? '',
    entry.manager ?? '',
    entry.apiVersion ?? '',
    entry.subresource ?? '',
  ];
  const [x, y] = [keys(a), keys(b)];
  const at = x.findIndex((text, index) => text !== y[index]);
  return at === -1 ? 0 : (x[at] ?? '') < (y[at] ?? '') ? -1 : 1;
}
