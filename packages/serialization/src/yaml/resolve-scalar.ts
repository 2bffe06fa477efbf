import type { Int64 } from '@keelson/api-machinery';
import { base64Of, bytesOfBase64, textOf } from '../bytes.ts';
import type { ScalarNode } from './nodes.ts';
import { YamlError } from './yaml-error.ts';

/** What a scalar is in JSON. */
type Scalar = string | Int64 | boolean | null;

const words = new Map<string, Scalar>(
  Object.entries({
    true: ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'],
    false: ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'],
    null: ['', '~', 'null', 'Null', 'NULL'],
  }).flatMap(([value, texts]) => texts.map((text) => [text, JSON.parse(value) as Scalar] as const)),
);
for (const text of ['.nan', '.NaN', '.NAN']) words.set(text, Number.NaN);
for (const text of ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']) words.set(text, Infinity);
for (const text of ['-.inf', '-.Inf', '-.INF']) words.set(text, -Infinity);

/** Tags that say of what type a text is; others say nothing, and the text is a string. */
const typeTags = new Set(['!!str', '!!bool', '!!int', '!!float', '!!null', '!!timestamp']);

/** What a scalar means in YAML 1.1 as Go reads it: yes and no are booleans, times are strings. Throws YamlError. */
export function resolveScalar({ text, tag, plain }: ScalarNode): Scalar {
  if (tag === '') return plain ? resolveText(text) : text;
  if (tag === '!!binary') return binary(text);
  if (!typeTags.has(tag) || tag === '!!str') return text;
  const value = resolveText(text);
  if (tag === '!!timestamp' || tagOf(value) === tag) return tag === '!!timestamp' ? text : value;
  if (tag === '!!float' && (typeof value === 'number' || typeof value === 'bigint'))
    return Number(value);
  throw new YamlError(`cannot decode ${tagOf(value)} \`${text}\` as a ${tag}`);
}

/** The meaning of an unquoted text. */
export function resolveText(text: string): Scalar {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (/^\.\d+(?:[eE][-+]?\d+)?$/.test(text)) return finite(Number(text)) ?? text;
  return /^[-+\d]/.test(text) ? (numberOf(text.replaceAll('_', '')) ?? text) : text;
}

function tagOf(value: Scalar): string {
  if (value === null) return '!!null';
  if (typeof value === 'string') return '!!str';
  if (typeof value === 'boolean') return '!!bool';
  return typeof value === 'bigint' || Number.isInteger(value) ? '!!int' : '!!float';
}

const integer = /^([-+]?)(?:(0[xX][\da-fA-F]+|0[bB][01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/;
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
/** 64 bits and a sign have no more digits, in whatever base but two. */
const digitLimit = 70;

/** Whole numbers that are not exact as a number are bigints: of 64 bits, with a sign or without. */
function numberOf(text: string): Int64 | undefined {
  const whole = integerOf(text);
  if (whole !== undefined) return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  return float.test(text) ? finite(Number(text)) : undefined;
}

function integerOf(text: string): bigint | undefined {
  const [, sign, prefixed, octal, decimal] =
    text.length > digitLimit ? [] : (integer.exec(text) ?? []);
  if (sign !== undefined) {
    const size = BigInt(prefixed ?? (octal === undefined ? (decimal ?? '') : `0o${octal}`));
    const value = sign === '-' ? -size : size;
    if (value >= -(2n ** 63n) && value < 2n ** 64n) return value;
  }
  return undefined;
}

/** Whether a scalar that means a number is no integer to Go: 1e3 is none. */
export const isFloat = ({ text, tag }: ScalarNode): boolean =>
  tag === '!!float' || integerOf(text.replaceAll('_', '')) === undefined;

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

function binary(text: string): string {
  const clean = text.replace(/[\r\n]/g, '');
  const bytes = bytesOfBase64(clean);
  if (base64Of(bytes) !== clean) throw new YamlError('!!binary value contains invalid base64 data');
  return textOf(bytes);
}
