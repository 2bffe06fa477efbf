import {
  badRequestError,
  parseGroupVersion,
  StatusError,
  type GroupVersionKind,
  type JsonValue,
  type ManagedFieldsEntry,
} from '@keelson/api-machinery';
import { applyConfig, type Applied } from './apply-config.ts';
import { applyConflictError, outside } from './conflicts.ts';
import { ownershipOptions, versioned, type FieldWrite } from './field-write.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';
import { fieldsOfLastApplied, noteLastApplied } from './last-applied.ts';
import { encodeManagers, storedManagers, type Managers } from './managers.ts';
import { trackUpdate } from './track-update.ts';
import { namesEverything } from './names-all.ts';
import { TypedValueError } from './typed-value-error.ts';
import { validate } from './validate.ts';
import type { VersionedValue } from './versions.ts';

export interface ApplyWrite extends FieldWrite {
  /** Whether to take over what others own. */
  readonly force: boolean;
}

/**
 * The object that an apply makes of `live`, with its managed fields; undefined for a `live` makes a new one. `live` is JSON as it
 * is stored, `config` is what was sent; both stay as they are, and the result may share parts with them. Throws a StatusError:
 * 400 for what cannot be applied, 409 with all conflicts. Behaviour: managedfields FieldManager.Apply, v1.37.
 */
export function applyFields(
  live: JsonObject | undefined,
  config: JsonValue,
  write: ApplyWrite,
): JsonObject {
  const before = versioned(write, live ?? write.empty);
  const applied = checkedConfig(config, write);
  const managers = managersBefore(live, before, write);
  refuseEntries(applied.value);
  const outcome = withLastApplied(managers, before, applied, write);
  if ('conflicts' in outcome) throw applyConflictError(outcome.conflicts);
  const object = withEntries(outcome.value ?? before.value, outcome.managers);
  if (write.manager === 'kubectl') noteLastApplied(object, applied.value);
  return object;
}

function checkedConfig(config: JsonValue, write: FieldWrite): VersionedValue {
  const object = isJsonObject(config) ? config : {};
  const kind = kindOf(object);
  if (kindText(kind) !== kindText(write.kind))
    throw badRequestError(`invalid object type: ${kindText(kind)}`);
  return { ...versioned(write, {}), value: object };
}

function refuseEntries(config: JsonValue): void {
  const metadata = isJsonObject(config) ? config['metadata'] : undefined;
  const entries = isJsonObject(metadata) ? metadata['managedFields'] : undefined;
  // Entries that are none are the type's to refuse.
  if (Array.isArray(entries) && entries.every(isEntry))
    throw badRequestError('metadata.managedFields must be nil');
}

const texts = ['manager', 'operation', 'apiVersion', 'fieldsType', 'subresource'] as const;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function isEntry(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const isTextOrNothing = (content: JsonValue): boolean =>
    content === null || typeof content === 'string';
  const said = value['time'] ?? null;
  return (
    texts.every((name) => isTextOrNothing(value[name] ?? null)) &&
    (said === null || (typeof said === 'string' && time.test(said)))
  );
}

const textAt = (object: JsonObject, name: string): string => {
  const value = object[name];
  return typeof value === 'string' ? value : '';
};

function kindOf(object: JsonObject): GroupVersionKind {
  const version = parseGroupVersion(textAt(object, 'apiVersion'));
  return version === undefined
    ? { group: '', version: '', kind: '' }
    : { ...version, kind: textAt(object, 'kind') };
}

const kindText = ({ group, version, kind }: GroupVersionKind): string =>
  `${group}/${version}, Kind=${kind}`;

/** The managers of the stored object. What nobody kept track of so far is owned by those before. Behaviour: skipNonAppliedManager. */
function managersBefore(
  live: JsonObject | undefined,
  before: VersionedValue,
  write: FieldWrite,
): Managers {
  const metadata = isJsonObject(live?.['metadata']) ? live['metadata'] : {};
  // What is stored was valid when it was written.
  const entries = (metadata['managedFields'] ?? []) as readonly ManagedFieldsEntry[];
  const managers = storedManagers(entries);
  if (typeof managers === 'string') throw fault(`failed to decode managed fields: ${managers}`);
  if (managers.size > 0) return managers;
  const name = live === undefined ? '' : objectText(live);
  orFault(
    `failed to create manager for existing fields: failed to convert new object (${name}) to smd typed: `,
    () => validate(before.value, before.schema, { duplicates: true }),
  );
  trackUpdate(
    managers,
    versioned(write, write.empty),
    before,
    { ...write, manager: 'before-first-apply' },
    ownershipOptions(write, false),
  );
  return managers;
}

/** Applies, by force where only what kubectl has applied itself is in the way. Behaviour: lastAppliedManager. */
function withLastApplied(
  managers: Managers,
  live: VersionedValue,
  config: VersionedValue,
  write: ApplyWrite,
): Applied {
  const outcome = apply(managers, live, config, write);
  if (!('conflicts' in outcome) || write.manager !== 'kubectl') return outcome;
  const conflicts = outside(outcome.conflicts, fieldsOfLastApplied(live));
  return conflicts.length > 0
    ? { conflicts }
    : apply(managers, live, config, { ...write, force: true });
}

function apply(
  managers: Managers,
  live: VersionedValue,
  config: VersionedValue,
  write: ApplyWrite,
): Applied {
  orFault(`failed to create typed patch object (${objectText(config.value)}): `, () =>
    validate(config.value, config.schema),
  );
  // What is stored has been decoded: all that it may lack is the names of items.
  if (!namesEverything(live.schema))
    orFault(`failed to create typed live object (${objectText(live.value)}): `, () =>
      validate(live.value, live.schema, { duplicates: true }),
    );
  const options = ownershipOptions(write, false);
  return orFault('failed to compare objects: ', () =>
    applyConfig(managers, live, config, write, options),
  );
}

/** Upstream fails on values that are not of their type: a 500. */
function orFault<R>(what: string, run: () => R): R {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof TypedValueError)) throw error;
    throw fault(`${what}${error.message}`);
  }
}

/** An object as upstream's errors name it: `namespace/name; group/version, Kind=kind`. */
export function objectText(value: JsonValue): string {
  const object = isJsonObject(value) ? value : {};
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const where = `${textAt(metadata, 'namespace')}/${textAt(metadata, 'name')}`;
  return `${where}; ${kindText(kindOf(object))}`;
}

const fault = (message: string): StatusError => new StatusError({ code: 500, reason: '', message });

function withEntries(value: JsonValue, managers: Managers): JsonObject {
  const object = isJsonObject(value) ? value : {};
  const { managedFields: _, ...metadata } = isJsonObject(object['metadata'])
    ? object['metadata']
    : {};
  const entries = encodeManagers(managers);
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(isJsonObject(metadata['annotations'])
        ? { annotations: { ...metadata['annotations'] } }
        : {}),
      // Entries are JSON.
      ...(entries.length === 0 ? {} : { managedFields: entries as unknown as JsonValue }),
    },
  };
}
