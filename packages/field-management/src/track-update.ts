import { emptySet, isEmptySet, type FieldSet } from './field-set.ts';
import { mergeAncientChanges } from './ancient-changes.ts';
import { identityOf, setManager, type Managers } from './managers.ts';
import { Changes, fitManagers, takeFromOthers, type OwnershipOptions } from './ownership.ts';
import { union } from './set-algebra.ts';
import { managedPart } from './unmanaged.ts';
import type { VersionedValue } from './versions.ts';

/** Who writes, when, and to what. */
export interface Writer {
  readonly manager: string;
  /** `''` for the resource itself. */
  readonly subresource: string;
  /** RFC 3339, whole seconds. */
  readonly time: string;
}

/**
 * Gives what an update changed to who made it, and takes it from all others, in place. Throws TypedValueError.
 * Behaviour: managedfields structuredMergeManager.Update, managedFieldsUpdater.
 */
export function trackUpdate(
  managers: Managers,
  before: VersionedValue,
  after: VersionedValue,
  writer: Writer,
  options: OwnershipOptions,
): void {
  fitManagers(managers, before, options);
  const changes = new Changes(before, after, options);
  const taken = managedPart(changes.in(after.apiVersion)?.changed ?? emptySet);
  takeFromOthers(managers, changes);
  if (!isEmptySet(taken)) give(managers, taken, after.apiVersion, writer);
  mergeAncientChanges(managers);
}

function give(
  managers: Managers,
  taken: FieldSet,
  apiVersion: string,
  { manager, subresource, time }: Writer,
): void {
  const own = {
    manager: manager || 'unknown',
    operation: 'Update',
    apiVersion,
    subresource,
  } as const;
  const before = managers.get(identityOf(own));
  const set = before === undefined ? taken : union(before.set, taken);
  setManager(managers, { ...own, time, set });
}
