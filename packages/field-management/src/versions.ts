import type { JsonValue } from '@keelson/api-machinery';
import type { Schema } from './schema.ts';

/** An object in one version. */
export interface VersionedValue {
  readonly apiVersion: string;
  readonly value: JsonValue;
  readonly schema: Schema;
}

/** Gives an object in another version; undefined for one that its kind does not have. */
export type Converter = (object: VersionedValue, apiVersion: string) => VersionedValue | undefined;

/** Of a kind with one version. */
export const noOtherVersion: Converter = () => undefined;

export function inVersion(
  object: VersionedValue,
  apiVersion: string,
  convert: Converter,
): VersionedValue | undefined {
  return object.apiVersion === apiVersion ? object : convert(object, apiVersion);
}
