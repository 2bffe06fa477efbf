import type { KubernetesObject, ManagedFieldsEntry } from '@keelson/api-machinery';

const mark = Buffer.from('"resourceVersion":"');

/** Whether `value` (JSON as it is stored, without a resourceVersion) says what the snapshot says. Compares bytes. */
export function isUnchanged(
  value: Uint8Array,
  snapshot: { readonly json: Uint8Array; readonly revision: number },
): boolean {
  const { json } = snapshot;
  const inserted = mark.length + String(snapshot.revision).length + 2;
  if (json.length !== value.length + inserted) return false;
  const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  const at = bytes.indexOf(mark);
  return (
    at !== -1 &&
    bytes.compare(value, 0, at, 0, at) === 0 &&
    bytes.compare(value, at, value.length, at + inserted, json.length) === 0
  );
}

/**
 * Takes over the old managedFields when they differ in nothing but times, so that a write that changes nothing stays one.
 * Behaviour: k8s.io/apiserver endpoints/handlers/fieldmanager IgnoreManagedFieldsTimestampsTransformer.
 */
export function withOldTimestamps<T extends KubernetesObject>(object: T, old: T): void {
  const before = old.metadata.managedFields ?? [];
  const after = object.metadata.managedFields ?? [];
  if (before.length === 0 || before.length !== after.length) return;
  if (!after.every((entry, index) => sameButTime(entry, before[index]))) return;
  if (!equalBesidesManagedFields(object, old)) return;
  object.metadata.managedFields = before;
}

function sameButTime(a: ManagedFieldsEntry, b: ManagedFieldsEntry | undefined): boolean {
  // Nothing is empty here: an owned field is an empty map.
  return equal({ ...a, time: undefined }, { ...b, time: undefined }, isAbsent);
}

function equalBesidesManagedFields(a: KubernetesObject, b: KubernetesObject): boolean {
  return (
    equal({ ...a, metadata: undefined }, { ...b, metadata: undefined }, isNothing) &&
    equal(
      { ...a.metadata, managedFields: undefined },
      { ...b.metadata, managedFields: undefined },
      isNothing,
    )
  );
}

type Absence = (value: unknown) => boolean;

/** Deep equality of JSON values, in whatever order their fields are; what is absent is the same as another such value. */
function equal(a: unknown, b: unknown, absent: Absence): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return absent(a) && absent(b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys)
    if (!equal(Reflect.get(a, key), Reflect.get(b, key), absent)) return false;
  return true;
}

const isAbsent: Absence = (value) => value === undefined;

/** The store does not tell these apart. */
const isNothing: Absence = (value) =>
  value === undefined ||
  value === null ||
  (typeof value === 'object' && Object.keys(value).length === 0);
