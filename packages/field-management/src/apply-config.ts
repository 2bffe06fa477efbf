import type { JsonValue } from '@keelson/api-machinery';
import { conflictList, type Conflict } from './conflicts.ts';
import { sameJson } from './json-value.ts';
import { identityOf, type Manager, type Managers } from './managers.ts';
import { merge } from './merge.ts';
import { ownedFields } from './owned-fields.ts';
import {
  Changes,
  conflictsOf,
  fitManagers,
  takeFromOthers,
  type OwnershipOptions,
} from './ownership.ts';
import { prune } from './prune.ts';
import { managedPart } from './unmanaged.ts';
import { isEmptySet } from './field-set.ts';
import type { Writer } from './track-update.ts';
import type { VersionedValue } from './versions.ts';

/** What became of an apply. */
export type Applied =
  | { readonly conflicts: readonly Conflict[] }
  /** `value` is undefined where nothing changed but perhaps who owns what. */
  | { readonly value: JsonValue | undefined; readonly managers: Managers };

/**
 * Merges what somebody applies into an object. Neither the managers nor the values are changed. Throws TypedValueError.
 * Behaviour: structured-merge-diff merge Updater.Apply, managedfields managedFieldsUpdater.
 */
export function applyConfig(
  managers: Managers,
  live: VersionedValue,
  config: VersionedValue,
  { manager, subresource, time, force }: Writer & { readonly force: boolean },
  options: OwnershipOptions,
): Applied {
  const owners: Managers = new Map(managers);
  fitManagers(owners, live, options);
  const { apiVersion, schema } = config;
  const own = { manager, operation: 'Apply', apiVersion, subresource } as const;
  const identity = identityOf(own);
  const last = owners.get(identity);
  const set = options.reset(ownedFields(config.value, schema), apiVersion);
  owners.set(identity, { ...own, set, ...timeOf(last) });
  const merged = { apiVersion, schema, value: merge(live.value, config.value, schema) ?? null };
  const applier = { last, applied: set, convert: options.convert };
  const { value } = prune(merged, owners, applier);
  const changes = new Changes(live, { apiVersion, schema, value }, options);
  const conflicts = force ? new Map() : conflictsOf(owners, changes, identity);
  if (conflicts.size > 0) return { conflicts: conflictList(conflicts, owners) };
  takeFromOthers(owners, changes, identity);
  const changed = !sameJson(live.value, value);
  keepManagedPart(owners, identity, changed ? { time } : {});
  return { value: changed ? value : undefined, managers: owners };
}

const timeOf = (last: Manager | undefined): Pick<Manager, 'time'> =>
  last?.time === undefined ? {} : { time: last.time };

function keepManagedPart(owners: Managers, identity: string, time: Pick<Manager, 'time'>): void {
  const own = owners.get(identity);
  if (own === undefined) return;
  const set = managedPart(own.set);
  if (isEmptySet(set)) owners.delete(identity);
  else owners.set(identity, { ...own, ...time, set });
}
