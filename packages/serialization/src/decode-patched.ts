import {
  goQuote,
  groupVersionText,
  parseGroupVersion,
  type JsonValue,
  type KubernetesObject,
} from '@keelson/api-machinery';
import { kindSchema } from '@keelson/kubernetes-api/schemas';
import { decodeKind, documentOfValue, type Decoded, type Made } from './decode.ts';
import { DecodeError } from './decode-error.ts';
import { internalPackage, typeMeta, unknownKind, wrongKind, type Expected } from './recognize.ts';

/**
 * Decodes what a patch made of an object. It may have taken away of what version the object is: upstream then decodes it to its
 * internal type, whose fields have other names, so that nothing is left of it. Throws DecodeError.
 */
export function decodePatched<T extends KubernetesObject>(
  value: JsonValue,
  expected: Expected,
  made: Made = {},
): Decoded<T> {
  const { apiVersion = '', kind: name = '' } = typeMeta(inOrder(value));
  const given = parseGroupVersion(apiVersion);
  if (given === undefined || given.version !== '') return decodeKind<T>(value, expected, made);
  if (given.group !== '' && given.group !== expected.kind.group)
    throw new DecodeError(
      `Object 'apiVersion' is missing in '${documentOfValue(value, made).text}'`,
    );
  return decodeInternal<T>(value, name, expected);
}

/** What is wrong first is told, and patches leave the object's own fields sorted. */
function inOrder(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, value[name] ?? null]),
  );
}

function decodeInternal<T extends KubernetesObject>(
  value: JsonValue,
  name: string,
  { kind: expected }: Expected,
): Decoded<T> {
  const kind = { ...expected, kind: name === '' ? expected.kind : name };
  if (kindSchema(kind) === undefined)
    throw unknownKind(kind, `the internal version of group ${goQuote(kind.group)}`);
  if (kind.kind !== expected.kind) throw wrongKind(kind, expected, internalPackage(kind));
  const unknown = Object.keys(Object(value))
    .filter((key) => key !== 'kind' && key !== 'apiVersion')
    .sort();
  const object = { kind: kind.kind, apiVersion: groupVersionText(kind), metadata: {} };
  // Every kind's objects may come without anything: what reads this one looks at its metadata first.
  return { object: object as T, problems: unknown.map((key) => `unknown field ${goQuote(key)}`) };
}
