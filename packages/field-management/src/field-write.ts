import type { GroupVersionKind, JsonValue } from '@keelson/api-machinery';
import { groupVersionText } from '@keelson/api-machinery';
import type { FieldSet } from './field-set.ts';
import type { OwnershipOptions } from './ownership.ts';
import type { Schema } from './schema.ts';
import type { Writer } from './track-update.ts';
import { noOtherVersion, type Converter, type VersionedValue } from './versions.ts';

/** One write, as field management sees it. */
export interface FieldWrite extends Writer {
  /** The kind that is written, in the version that it is written in. */
  readonly kind: GroupVersionKind;
  readonly schema: Schema;
  /** What a new object is compared with: the object of its kind that nothing was said of. */
  readonly empty: object;
  /** Takes out of a set what this kind of write cannot change. Nothing when absent. */
  readonly reset?: (set: FieldSet, apiVersion: string) => FieldSet;
  /** For kinds with more than one version. */
  readonly convert?: Converter;
}

export function ownershipOptions(
  { reset = (set) => set, convert = noOtherVersion }: FieldWrite,
  decoded: boolean,
): OwnershipOptions {
  return { reset, convert, decoded };
}

/** An object in the version of the write. Its managed fields are not part of what is managed. */
export function versioned({ kind, schema }: FieldWrite, object: object): VersionedValue {
  const { metadata }: { metadata?: object } = object;
  const value =
    metadata === undefined || !Object.hasOwn(metadata, 'managedFields')
      ? object
      : { ...object, metadata: withoutManagedFields(metadata) };
  return { apiVersion: groupVersionText(kind), schema, value: value as JsonValue };
}

function withoutManagedFields(metadata: object): object {
  const { managedFields: _, ...rest }: { managedFields?: unknown } = metadata;
  return rest;
}
