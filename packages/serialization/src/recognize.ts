import {
  badRequestError,
  goQuote,
  groupVersionText,
  parseGroupVersion,
  type GroupVersionKind,
  type StatusError,
} from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { kindSchema } from '@keelson/kubernetes-api/schemas';
import { hexOf, textOf } from './bytes.ts';
import { DecodeError } from './decode-error.ts';
import { goWord } from './go-type-name.ts';

/** What a body is expected to be. */
export interface Expected {
  readonly schema: TypeSchema;
  readonly kind: GroupVersionKind;
  /** Kinds that do as well. */
  readonly alsoAccepts?: readonly GroupVersionKind[];
}

/** How much of a body an error repeats. */
const summaryLength = 30;

/** 400 for a body that does not even say what it is. Behaviour: apiserver handlers transformDecodeError, summarizeData. */
export function unrecognized(kind: GroupVersionKind, why: string, bytes: Uint8Array): StatusError {
  const start = bytes.subarray(0, summaryLength);
  const shown =
    bytes.length === 0
      ? '<empty>'
      : (bytes[0] === 0x7b ? textOf(start) : hexOf(start)) +
        (bytes.length > summaryLength ? ' ...' : '');
  return badRequestError(
    `the object provided is unrecognized (must be of type ${kind.kind}): ${why} (${shown})`,
  );
}

const noKind = "couldn't get version/kind; json parse error";

/** The same for JSON from which its kind cannot be read. */
export const unreadable = (kind: GroupVersionKind, why: string, bytes: Uint8Array): StatusError =>
  unrecognized(kind, `${noKind}: ${why}`, bytes);

/** 400 for a body of kind `given` where one of kind `wanted` should be. */
export function cannotBeHandled(
  given: GroupVersionKind,
  wanted: GroupVersionKind,
  why: string,
): StatusError {
  return badRequestError(
    `${given.kind} in version ${goQuote(given.version)} cannot be handled as a ${wanted.kind}: ${why}`,
  );
}

/** What a body says that it is. */
export interface Recognized {
  readonly kind: GroupVersionKind;
  /** Undefined when nobody knows the kind. */
  readonly schema: TypeSchema | undefined;
  /** Whether it is what was expected. */
  readonly accepted: boolean;
}

/** Reads what a value says that it is; what it does not say is taken to be as expected. Throws DecodeError when that cannot be read. */
export function recognize(
  value: unknown,
  { kind: expected, schema, alsoAccepts = [] }: Expected,
): Recognized {
  const said = { kind: '', apiVersion: '', ...typeMeta(value) };
  const given = parseGroupVersion(said.apiVersion);
  if (given === undefined)
    throw new DecodeError(`unexpected GroupVersion string: ${said.apiVersion}`);
  const version = given.group === '' && given.version === '' ? expected : given;
  const kind = {
    group: version.group,
    version:
      version.version === '' && version.group === expected.group
        ? expected.version
        : version.version,
    kind: said.kind === '' ? expected.kind : said.kind,
  };
  if (isSame(kind, expected)) return { kind, schema, accepted: true };
  return { kind, schema: kindSchema(kind), accepted: alsoAccepts.some((one) => isSame(one, kind)) };
}

const isSame = (a: GroupVersionKind, b: GroupVersionKind): boolean =>
  a.kind === b.kind && a.version === b.version && a.group === b.group;

/** Of a kind that was recognized, and decoded without a fault, but is not what was expected. `from` is the package of its type. */
export const wrongKind = (
  given: GroupVersionKind,
  expected: GroupVersionKind,
  from: string = given.version,
): DecodeError =>
  new DecodeError(
    `converting (${from}.${given.kind}) to (${internalPackage(expected)}.${expected.kind}): unknown conversion`,
  );

/** The package of a group's internal types. */
export const internalPackage = ({ group }: GroupVersionKind): string =>
  group === '' ? 'core' : (group.split('.')[0] ?? '');

export const unknownKind = (
  given: GroupVersionKind,
  where = `version ${goQuote(groupVersionText(given))}`,
): DecodeError =>
  new DecodeError(
    `no kind ${goQuote(given.kind)} is registered for ${where} in scheme "pkg/runtime/scheme.go:111"`,
  );

const struct = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`;
const names: ReadonlyMap<string, 'kind' | 'apiVersion'> = new Map([
  ['kind', 'kind'],
  ['apiversion', 'apiVersion'],
]);

/** Here, and here alone, the case of keys does not matter: Go reads this much with a decoder of its own. Throws DecodeError. */
export function typeMeta(value: unknown): { kind?: string; apiVersion?: string } {
  if (value === null) return {};
  const wrong = (what: unknown, where: string): DecodeError =>
    new DecodeError(`${noKind}: json: cannot unmarshal ${goWord(what)} into Go ${where}`);
  if (typeof value !== 'object' || Array.isArray(value))
    throw wrong(value, `value of type ${struct}`);
  const said: { kind?: string; apiVersion?: string } = {};
  for (const [key, content] of Object.entries(value)) {
    const name = key.length > 10 ? undefined : names.get(key.toLowerCase());
    if (name === undefined || content === null) continue;
    if (typeof content !== 'string') throw wrong(content, `struct field .${name} of type string`);
    said[name] = content;
  }
  return said;
}
