import {
  badRequestError,
  parseGroupVersion,
  type GroupVersionKind,
  type JsonValue,
  type KubernetesObject,
} from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { kindSchema } from '@keelson/kubernetes-api/schemas';
import { DecodeError } from '../decode-error.ts';
import { decodeBody, decodedDocument, type Decoded } from '../decode.ts';
import { unrecognized } from '../recognize.ts';
import { anyMapKind } from './any-value.ts';
import { CborError } from './cbor-error.ts';
import { readQuickly } from './quick-reader.ts';
import { readCarefully, readCborKind, readCborValue, readTypeMeta } from './read-carefully.ts';

/** What an object says that it is; what it does not say is missing. */
interface Said {
  readonly kind?: string;
  readonly apiVersion?: string;
}

/**
 * As `decodeJson`, from CBOR. Of unknown fields upstream tells one, and not its name; what is there twice is an error. Throws 400.
 * Behaviour: k8s.io/apimachinery runtime/serializer/cbor, v1.37.
 */
export function decodeCbor<T extends KubernetesObject>(
  bytes: Uint8Array,
  schema: TypeSchema,
  kind: GroupVersionKind,
  alsoAccepts: readonly GroupVersionKind[] = [],
): Decoded<T> {
  const object = readQuickly(bytes, schema) as Record<string, JsonValue> | undefined;
  const said =
    object === undefined
      ? saidIn(bytes, (why) => unrecognized(kind, why, bytes))
      : ofVersion(object);
  return decodeBody(said, { schema, kind, alsoAccepts }, bytes, (found) => {
    // Read as what it should be; what it is may be another.
    if (object !== undefined && found === schema) return decodedDocument(object);
    const read = inCbor(
      () => readCarefully(bytes, found),
      (why) => new DecodeError(why),
    );
    return decodedDocument(read.object as Record<string, JsonValue>, read.problems);
  });
}

/** What it says of itself. Unlike JSON's, keys count as they are. */
const saidIn = (bytes: Uint8Array, refuse: (why: string) => Error): Required<Said> =>
  ofVersion(
    inCbor(
      () => readTypeMeta(bytes),
      (why) => refuse(`unable to determine group/version/kind: ${why}`),
    ),
  );

/** A version that is none says nothing. */
const ofVersion = ({ kind = '', apiVersion = '' }: Said): Required<Said> => ({
  kind,
  apiVersion: parseGroupVersion(apiVersion) === undefined ? '' : apiVersion,
});

/** The JSON value that CBOR stands for, whatever it is. Throws 400. */
export const parseCbor = (bytes: Uint8Array): JsonValue =>
  inCbor(() => readCborValue(bytes), badRequestError);

/** An object of any kind, or nothing. Throws what `refuse` makes of what is wrong. */
export function parseCborObject(
  bytes: Uint8Array,
  refuse: (why: string) => Error,
): Record<string, JsonValue> | null {
  return inCbor(() => {
    const value = readCborValue(bytes);
    // Upstream reads it twice: what is wrong in it is told before that it is no object.
    return typeof value === 'object' && !Array.isArray(value)
      ? value
      : (readCborKind(bytes, anyMapKind) as Record<string, JsonValue> | null);
  }, refuse);
}

/** The JSON value of an object that is read as a type, once `accept` has not thrown for what it says that it is. Throws 400. */
export function parseCborAs(
  bytes: Uint8Array,
  schema: TypeSchema,
  accept: (said: Record<string, JsonValue>) => void,
): Record<string, JsonValue> {
  const said = { ...saidIn(bytes, badRequestError) };
  accept(said);
  const { object } = inCbor(() => readCarefully(bytes, schema), badRequestError);
  return { ...(object as Record<string, JsonValue>), ...said };
}

/** The JSON value of an object, by the type of its kind when that is built in. Throws 400. */
export function parseAnyCbor(bytes: Uint8Array): JsonValue {
  const { kind, apiVersion } = saidIn(bytes, badRequestError);
  const schema = kindSchema({ ...(parseGroupVersion(apiVersion) ?? noVersion), kind });
  return schema === undefined ? parseCbor(bytes) : parseCborAs(bytes, schema, () => undefined);
}

const noVersion = { group: '', version: '' };

function inCbor<R>(run: () => R, refuse: (why: string) => Error): R {
  try {
    return run();
  } catch (error) {
    if (error instanceof CborError) throw refuse(error.message);
    throw error;
  }
}
