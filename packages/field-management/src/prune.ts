import type { JsonValue } from '@keelson/api-machinery';
import { isEmptySet, type FieldSet } from './field-set.ts';
import { withNamedFields } from './fit-to-schema.ts';
import type { Manager, Managers } from './managers.ts';
import { ownedFields } from './owned-fields.ts';
import { removeFields } from './remove-fields.ts';
import { difference, intersection, union } from './set-algebra.ts';
import { inVersion, type Converter, type VersionedValue } from './versions.ts';

/** Who applies: what they said before, and what they say now. */
export interface Applier {
  readonly last: Manager | undefined;
  readonly applied: FieldSet;
  readonly convert: Converter;
}

/**
 * Takes from a merged object what its applier said before, says no more, and nobody else says.
 * Behaviour: structured-merge-diff merge Updater.prune.
 */
export function prune(
  merged: VersionedValue,
  managers: Managers,
  { last, applied, convert }: Applier,
): VersionedValue {
  if (last === undefined) return merged;
  // Who says all that they said before gives up nothing; in another version, that is not seen from the sets.
  const given = last.apiVersion === merged.apiVersion ? difference(last.set, applied) : last.set;
  if (isEmptySet(given)) return merged;
  const converted = inVersion(merged, last.apiVersion, convert);
  if (converted === undefined) return merged;
  const { schema } = converted;
  const lastSet = withNamedFields(last.set, schema);
  const bare = { ...converted, value: removeFields(converted.value, lastSet, schema) };
  const owned = withOwnedFields(converted, bare, managers, convert);
  const pruned = inVersion(owned, last.apiVersion, convert);
  if (pruned === undefined) return merged;
  // What somebody owned without applying it stays, unless it is the applier's own.
  const gone = difference(namedFields(converted.value, schema), namedFields(pruned.value, schema));
  const value = removeFields(converted.value, intersection(gone, lastSet), schema);
  return inVersion({ ...converted, value }, merged.apiVersion, convert) ?? merged;
}

const namedFields = (value: JsonValue, schema: VersionedValue['schema']): FieldSet =>
  withNamedFields(ownedFields(value, schema), schema);

/** Gives back what somebody owns, first in the version that it was pruned in: others may need it to be converted. */
function withOwnedFields(
  merged: VersionedValue,
  bare: VersionedValue,
  managers: Managers,
  convert: Converter,
): VersionedValue {
  const managed = new Map<string, FieldSet>();
  for (const { apiVersion, set } of managers.values()) {
    const known = managed.get(apiVersion);
    managed.set(apiVersion, known === undefined ? set : union(known, set));
  }
  const versions = [...managed.keys()].sort(
    (a, b) => Number(b === bare.apiVersion) - Number(a === bare.apiVersion),
  );
  let [whole, pruned] = [merged, bare];
  for (const apiVersion of versions) {
    const [all, left] = [whole, pruned].map((object) => inVersion(object, apiVersion, convert));
    const set = managed.get(apiVersion);
    if (all === undefined || left === undefined || set === undefined) continue;
    const { schema } = all;
    const kept = union(namedFields(left.value, schema), withNamedFields(set, schema));
    const gone = difference(namedFields(all.value, schema), kept);
    [whole, pruned] = [all, { ...all, value: removeFields(all.value, gone, schema) }];
  }
  return pruned;
}
