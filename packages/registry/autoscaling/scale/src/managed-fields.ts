// Who owns an object's replicas, told as who owns its scale's, and back.
// Behaviour: k8s.io/apimachinery util/managedfields ScaleHandler, v1.37.

import type { FieldsV1, JsonValue, ManagedFieldsEntry } from '@keelson/api-machinery';

type Entries = readonly ManagedFieldsEntry[];

const scaleVersion = 'autoscaling/v1';
const replicasOnly: FieldsV1 = { 'f:spec': { 'f:replicas': {} } };

const isObject = (value: JsonValue | undefined): value is FieldsV1 =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function ownsReplicas({ fieldsV1 }: ManagedFieldsEntry): boolean {
  const spec = fieldsV1?.['f:spec'];
  return isObject(spec) && Object.hasOwn(spec, 'f:replicas');
}

/** The entries that own an object's replicas, as entries of its scale. */
export function entriesOfScale(entries: Entries): ManagedFieldsEntry[] {
  return lastOfEach(entries)
    .filter(ownsReplicas)
    .map((entry) => ({ ...entry, apiVersion: scaleVersion, fieldsV1: replicasOnly }));
}

/** The object's entries after its scale's became `scaled`: who scales takes the replicas from all others. */
export function entriesOfParent(
  own: Entries,
  scaled: Entries,
  apiVersion: string,
): ManagedFieldsEntry[] {
  const scalers = new Map(scaled.filter(ownsReplicas).map((entry) => [identity(entry), entry]));
  const kept = lastOfEach(own).flatMap((entry) => {
    // Appliers are the same whatever version they apply in; others are not.
    const isKept = !ownsReplicas(entry) || scalers.delete(identity(entry));
    return isKept ? [entry] : withoutReplicas(entry);
  });
  // Upstream loses when they did.
  const taken = [...scalers.values()].map(({ time: _, ...entry }) => ({
    ...entry,
    apiVersion,
    fieldsV1: replicasOnly,
  }));
  return [...kept, ...taken].sort(byOperationThenTime);
}

/** Whose entry it is. */
const identity = ({
  manager = '',
  operation = '',
  subresource = '',
  apiVersion = '',
}: ManagedFieldsEntry): string =>
  JSON.stringify([manager, operation, subresource, operation === 'Apply' ? '' : apiVersion]);

/** Of entries of one manager, upstream reads the last. */
const lastOfEach = (entries: Entries): ManagedFieldsEntry[] => [
  ...new Map(entries.map((entry) => [identity(entry), entry])).values(),
];

function withoutReplicas(entry: ManagedFieldsEntry): ManagedFieldsEntry[] {
  const { 'f:spec': spec = {}, ...others } = entry.fieldsV1 ?? {};
  const { 'f:replicas': _, ...rest } = isObject(spec) ? spec : {};
  const fieldsV1 = Object.keys(rest).length === 0 ? others : { ...others, 'f:spec': rest };
  return Object.keys(fieldsV1).length === 0 ? [] : [{ ...entry, fieldsV1 }];
}

function byOperationThenTime(a: ManagedFieldsEntry, b: ManagedFieldsEntry): number {
  const keys = ['operation', 'time', 'manager', 'apiVersion', 'subresource'] as const;
  for (const key of keys) {
    const [one, other] = [a[key] ?? '', b[key] ?? ''];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
