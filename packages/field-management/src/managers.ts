import type { ManagedFieldsEntry } from '@keelson/api-machinery';
import { goQuote } from '@keelson/api-machinery';
import { emptySet, equalSets, type FieldSet } from './field-set.ts';
import { encodeFieldSet, parseFieldSet, rememberEncoding } from './fields-v1.ts';
import { compareText, goJson } from './go-json.ts';
import { sameJson } from './json-value.ts';

/** Who manages which fields, and how they came to. */
export interface Manager {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  /** `''` for the resource itself. */
  readonly subresource: string;
  /** RFC 3339, whole seconds. */
  readonly time?: string;
  readonly set: FieldSet;
}

/** Managers by their identity. */
export type Managers = Map<string, Manager>;

/** Who somebody is: an applier is the same whatever version it applies in. Behaviour: managedfields BuildManagerIdentifier. */
export function identityOf(manager: Omit<Manager, 'set' | 'time'>): string {
  const { manager: name, operation, apiVersion, subresource } = manager;
  const version = operation === 'Apply' ? '' : apiVersion;
  const told = [
    part('manager', name),
    part('operation', operation),
    part('apiVersion', version),
    part('subresource', subresource),
  ];
  return `{${told.join('').slice(1)}}`;
}

const part = (name: string, text: string): string =>
  text === '' ? '' : `,"${name}":${goJson(text)}`;

function setManager(managers: Managers, manager: Manager): void {
  managers.set(identityOf(manager), manager);
}

/** What `metadata.managedFields` says; a text says why it says nothing. Behaviour: managedfields DecodeManagedFields. */
export function decodeManagers(entries: readonly ManagedFieldsEntry[]): Managers | string {
  const managers: Managers = new Map();
  for (const [index, entry] of entries.entries()) {
    const manager = decodeManager(entry, index);
    if (typeof manager === 'string') return manager;
    setManager(managers, manager);
  }
  return managers;
}

/** Why `metadata.managedFields` cannot be read; undefined when they can. */
export function managedFieldsProblem(entries: readonly ManagedFieldsEntry[]): string | undefined {
  const managers = decodeManagers(entries);
  return typeof managers === 'string' ? managers : undefined;
}

function decodeManager(entry: ManagedFieldsEntry, index: number): Manager | string {
  const { operation, apiVersion = '', fieldsType = '', fieldsV1, manager = '', time } = entry;
  if (operation !== 'Apply' && operation !== 'Update')
    return 'operation must be `Apply` or `Update`';
  if (apiVersion === '') return 'apiVersion must not be empty';
  if (fieldsType === '') return `missing fieldsType in managed fields entry ${index}`;
  if (fieldsType !== 'FieldsV1')
    return `invalid fieldsType ${goQuote(fieldsType)} in managed fields entry ${index}`;
  const set = fieldsV1 === undefined ? emptySet : parseFieldSet(fieldsV1);
  if (set === undefined) return 'error decoding versioned set: error decoding set';
  const { subresource = '' } = entry;
  return {
    manager,
    operation,
    apiVersion,
    subresource,
    ...(time === undefined || time === null ? {} : { time }),
    set,
  };
}

/** As `decodeManagers`, of what a server has stored: it is in the form in which it would be written again. */
export function storedManagers(entries: readonly ManagedFieldsEntry[]): Managers | string {
  const managers = decodeManagers(entries);
  if (typeof managers === 'string') return managers;
  for (const { fieldsV1 } of entries) if (fieldsV1 !== undefined) rememberEncoding(fieldsV1);
  return managers;
}

/** Entries with the fields of stored ones where they are the same, for these have been read already. */
export function withStoredFields(
  entries: readonly ManagedFieldsEntry[],
  stored: readonly ManagedFieldsEntry[],
): readonly ManagedFieldsEntry[] {
  return entries.map((entry, index) => {
    const fieldsV1 = stored[index]?.fieldsV1;
    return fieldsV1 !== undefined && sameJson(entry.fieldsV1, fieldsV1)
      ? { ...entry, fieldsV1 }
      : entry;
  });
}

/** Lets managers have the sets of others where they are equal, for what is known of these need not be found out again. */
export function sharingSets(managers: Managers, others: Managers): Managers {
  for (const [identity, manager] of managers) {
    const set = others.get(identity)?.set;
    if (set !== undefined && set !== manager.set && equalSets(set, manager.set))
      managers.set(identity, { ...manager, set });
  }
  return managers;
}

/** What `metadata.managedFields` becomes. Behaviour: managedfields encodeManagedFields. */
export function encodeManagers(managers: Managers): ManagedFieldsEntry[] {
  return [...managers.values()].sort(byOrder).map(entryOf);
}

function entryOf({
  manager,
  operation,
  apiVersion,
  time,
  set,
  subresource,
}: Manager): ManagedFieldsEntry {
  return {
    ...(manager === '' ? undefined : { manager }),
    operation,
    apiVersion,
    ...(time === undefined ? undefined : { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: encodeFieldSet(set),
    ...(subresource === '' ? undefined : { subresource }),
  };
}

/** Apply before Update, then by time, then by name. */
function byOrder(a: Manager, b: Manager): number {
  return (
    compareText(a.operation, b.operation) ||
    compareText(a.time ?? '', b.time ?? '') ||
    compareText(a.manager, b.manager) ||
    compareText(a.apiVersion, b.apiVersion) ||
    compareText(a.subresource, b.subresource)
  );
}
