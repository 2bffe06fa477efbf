import {
  badRequestError,
  parseGroupVersion,
  type GroupVersionKind,
  type JsonValue,
  type KubernetesObject,
} from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { decodeBody, documentOfValue, type Decoded } from '../decode.ts';
import { unrecognized } from '../recognize.ts';
import { CborError, CborReader, rootName } from './cbor-reader.ts';

/**
 * As `decodeJson`, from CBOR. Throws 400.
 * Behaviour: k8s.io/apimachinery runtime/serializer/cbor, v1.37.
 */
export function decodeCbor<T extends KubernetesObject>(
  bytes: Uint8Array,
  schema: TypeSchema,
  kind: GroupVersionKind,
  alsoAccepts: readonly GroupVersionKind[] = [],
): Decoded<T> {
  const value = parseCborDocument(bytes, (why) => unrecognized(kind, why, bytes));
  return decodeBody(typeMetaOf(value), { schema, kind, alsoAccepts }, bytes, () =>
    documentOfValue(value),
  );
}

/** What it says of itself. Unlike JSON's, keys count as they are, and a version that is none says nothing. */
function typeMetaOf(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const { kind = null, apiVersion = null } = value;
  const isVersion = typeof apiVersion === 'string' && parseGroupVersion(apiVersion) !== undefined;
  return { kind, apiVersion: isVersion ? apiVersion : null };
}

/** The JSON value that CBOR stands for. Throws 400. */
export const parseCbor = (bytes: Uint8Array): JsonValue => read(bytes, badRequestError);

/** The same of what says what it is, or nothing at all. Throws what `refuse` makes of what is wrong. */
export function parseCborDocument(
  bytes: Uint8Array,
  refuse: (why: string) => Error = badRequestError,
): JsonValue {
  const refused = (why: string) => refuse(`unable to determine group/version/kind: ${why}`);
  const value = parseCborObject(bytes, refused, 'v1.TypeMeta');
  for (const name of ['kind', 'apiVersion'] as const) {
    const said = value?.[name] ?? '';
    if (typeof said !== 'string')
      throw refused(
        `cbor: cannot unmarshal ${nameOfValue(said)} into Go struct field v1.TypeMeta.${name} of type string`,
      );
  }
  return value;
}

/** An object, or nothing. Throws what `refuse` makes of what is wrong. */
export function parseCborObject(
  bytes: Uint8Array,
  refuse: (why: string) => Error,
  goType = 'map[string]interface {}',
): Record<string, JsonValue> | null {
  const value = read(bytes, refuse);
  if (typeof value === 'object' && !Array.isArray(value)) return value;
  const more =
    Array.isArray(value) && goType === 'v1.TypeMeta'
      ? ' (cannot decode CBOR array to struct without toarray option)'
      : '';
  throw refuse(`cbor: cannot unmarshal ${rootName(bytes)} into Go value of type ${goType}${more}`);
}

function nameOfValue(value: JsonValue): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'object') return 'map';
  if (!Number.isInteger(value)) return 'primitives';
  return Number(value) < 0 ? 'negative integer' : 'positive integer';
}

function read(bytes: Uint8Array, refuse: (why: string) => Error): JsonValue {
  try {
    return new CborReader(bytes).document();
  } catch (error) {
    if (error instanceof CborError) throw refuse(error.message);
    throw error;
  }
}
