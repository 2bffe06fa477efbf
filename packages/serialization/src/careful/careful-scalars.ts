import { base64Of } from '../bytes.ts';
import { parseInt64, toInt64, type Int64, type JsonValue } from '@keelson/api-machinery';
import type { ScalarType } from '@keelson/kubernetes-api';
import { DecodeError } from '../decode-error.ts';
import { goTypeName } from '../go-type-name.ts';
import { parseRaw } from '../parse-raw.ts';
import { parseBase64 } from '../scalars/base64.ts';
import { parseQuantityText } from '../scalars/quantity.ts';
import { parseTime } from '../scalars/time.ts';
import type { DecodeContext } from './decode-context.ts';

/** A scalar's text in JSON, and where it stands. */
interface Found {
  readonly text: string;
  /** Go's word for what is there. */
  readonly word: string;
  readonly context: DecodeContext;
  /** Go's name of what should be there. */
  readonly goType: string;
}

/** Gives the value; undefined when the mismatch was noted and decoding goes on. Throws what Go's own decoders of a type throw at once. */
type Maker = (found: Found) => JsonValue | undefined;

/** Decodes a scalar from its JSON text, which is not null. */
export function carefulScalar(
  type: ScalarType,
  text: string,
  context: DecodeContext,
  go?: string,
): JsonValue | undefined {
  return makers[type]({
    text,
    word: wordOf(text.charAt(0)),
    context,
    goType: goTypeName(type, go),
  });
}

const words: Readonly<Record<string, string>> = {
  '{': 'object',
  '[': 'array',
  '"': 'string',
  t: 'bool',
  f: 'bool',
};

/** Go's word for a value by its first character. */
export const wordOf = (first: string): string => words[first] ?? 'number';

/** Those that null leaves as they are. */
export const isPrimitive = (type: ScalarType): boolean =>
  ['string', 'boolean', 'int32', 'int64', 'double'].includes(type);

/** The bytes of a list of numbers, in base64. */
export function carefulBytes(list: JsonValue, context: DecodeContext): JsonValue | undefined {
  if (!Array.isArray(list)) return undefined;
  for (const byte of list)
    if (typeof byte === 'number' && (byte < 0 || byte > 255))
      context.unfit(`number ${byte}`, 'uint8');
  return base64Of(Uint8Array.from(list, Number));
}

const ofWord =
  (word: string): Maker =>
  (found) => {
    if (found.word === word) return JSON.parse(found.text);
    found.context.unfit(found.word, found.goType);
    return undefined;
  };

/** Numbers that have to be written as whole ones: 1.0 and 1e3 are none. */
function int64Of(text: string): Int64 | undefined {
  const value = parseInt64(text);
  return value === undefined ? undefined : toInt64(value);
}

function int32Of(text: string): Int64 | undefined {
  const value = int64Of(text);
  return typeof value === 'number' && Number(BigInt.asIntN(32, BigInt(value))) === value
    ? value
    : undefined;
}

const integer =
  (read: (text: string) => Int64 | undefined): Maker =>
  ({ text, word, context, goType }) => {
    const value = word === 'number' ? read(text) : undefined;
    if (value === undefined) context.unfit(word === 'number' ? `number ${text}` : word, goType);
    return value;
  };

const double: Maker = ({ text, word, context, goType }) => {
  if (word === 'number' && Number.isFinite(Number(text))) return Number(text);
  context.unfit(word === 'number' ? `number ${text}` : word, goType);
  return undefined;
};

const bytes: Maker = ({ text, word, context, goType }) => {
  if (word !== 'string') {
    context.unfit(word, goType);
    return undefined;
  }
  const parsed = parseBase64(JSON.parse(text));
  if ('value' in parsed) return parsed.value;
  context.mismatch ??= new DecodeError(parsed.problem);
  return undefined;
};

const time =
  (precision: 'seconds' | 'microseconds'): Maker =>
  ({ text, word, context }) => {
    if (word !== 'string') throw context.unfitError(word, 'string');
    const value: string = JSON.parse(text);
    const parsed = parseTime(value, precision);
    if ('problem' in parsed) throw new DecodeError(parsed.problem);
    return value;
  };

/** What is wrong with a text for a type that Go reads with a decoder of its own, in that decoder's words. */
export function textProblem(type: ScalarType, text: string): string | undefined {
  const parsed = textParsers[type]?.(text);
  return parsed !== undefined && 'problem' in parsed ? parsed.problem : undefined;
}

const textParsers: Readonly<
  Partial<Record<ScalarType, (text: string) => { readonly problem: string } | object>>
> = {
  time: (text) => parseTime(text, 'seconds'),
  microtime: (text) => parseTime(text, 'microseconds'),
  quantity: parseQuantityText,
  bytes: parseBase64,
};

const quantity: Maker = ({ text, word }) => {
  const value = word === 'string' ? text.slice(1, -1) : text;
  const parsed = parseQuantityText(value);
  if ('problem' in parsed) throw new DecodeError(parsed.problem);
  // As a string: a number's text tells more than its value does.
  return value;
};

const intOrString: Maker = (found) => {
  const { text, word, context } = found;
  if (word === 'string') return JSON.parse(text);
  const value = word === 'number' ? int32Of(text) : undefined;
  if (value !== undefined) return value;
  throw context.unfitError(word === 'number' ? `number ${text}` : word, 'int32');
};

/** Numbers, too, are what was sent. */
const asItCame: Maker = ({ text }) => parseRaw(text);

const makers: Readonly<Record<ScalarType, Maker>> = {
  string: ofWord('string'),
  boolean: ofWord('bool'),
  bytes,
  int32: integer(int32Of),
  int64: integer(int64Of),
  double,
  time: time('seconds'),
  microtime: time('microseconds'),
  quantity,
  intorstring: intOrString,
  raw: asItCame,
  fieldsv1: asItCame,
  json: asItCame,
};
