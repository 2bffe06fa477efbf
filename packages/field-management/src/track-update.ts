import { emptySet, isEmptySet } from './field-set.ts';
import { mergeAncientChanges } from './ancient-changes.ts';
import { identityOf, type Managers } from './managers.ts';
import { Changes, fitManagers, takeFromOthers, type OwnershipOptions } from './ownership.ts';
import { difference, union } from './set-algebra.ts';
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
  const { changed, removed } = changes.in(after.apiVersion) ?? nothing;
  const taken = managedPart(changed);
  const { apiVersion } = after;
  const manager = {
    manager: writer.manager || 'unknown',
    operation: 'Update',
    apiVersion,
    subresource: writer.subresource,
  } as const;
  const identity = identityOf(manager);
  const known = managers.get(identity);
  managers.delete(identity);
  takeFromOthers(managers, changes);
  // What was the writer's stays so, and need not be taken away and given back.
  const set = union(difference(known?.set ?? emptySet, removed), taken);
  const time = isEmptySet(taken) ? known?.time : writer.time;
  if (!isEmptySet(set))
    managers.set(identity, { ...manager, set, ...(time === undefined ? {} : { time }) });
  mergeAncientChanges(managers);
}

const nothing = { changed: emptySet, removed: emptySet };
