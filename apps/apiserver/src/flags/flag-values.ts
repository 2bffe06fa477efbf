import { isIP } from 'node:net';
import { durationProblem } from '@keelson/server';
import type { Flag } from './flag-table.ts';
import { UsageError } from './usage-error.ts';

/** What Go's parser of a type says of a text that is none; undefined for one that is. */
type Problem = (text: string) => string | undefined;

const unless =
  (shape: RegExp, parser: string): Problem =>
  (text) =>
    shape.test(text) ? undefined : `${parser}: parsing ${JSON.stringify(text)}: invalid syntax`;

const boolean = /^(1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/;
const float = unless(/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i, 'strconv.ParseFloat');
const integer = unless(
  /^[-+]?(0[xX][0-9a-fA-F]+|0[oO]?[0-7]*|0[bB][01]+|[1-9]\d*)$/,
  'strconv.ParseInt',
);

const problems: Readonly<Record<string, Problem>> = {
  bool: unless(boolean, 'strconv.ParseBool'),
  int: integer,
  int64: integer,
  uint: unless(/^\d+$/, 'strconv.ParseUint'),
  Level: integer,
  float32: float,
  float64: float,
  duration: durationProblem,
  ip: (text) =>
    text === '' || isIP(text) !== 0 ? undefined : `failed to parse IP: ${JSON.stringify(text)}`,
  portRange: (text) =>
    /^\d+([-+]\d+)?$/.test(text) ? undefined : `unable to parse port range: ${text}`,
  int32Slice: (text) =>
    text
      .split(',')
      .map(integer)
      .find((problem) => problem !== undefined),
  namedCertKey: (text) =>
    /^[^,]+,[^,:]+(:.*)?$/.test(text)
      ? undefined
      : 'expected comma separated certificate and key file paths',
  stringToString: eachPair,
  mapStringString: eachPair,
};

function eachPair(text: string): string | undefined {
  const wrong = text.split(',').find((pair) => pair !== '' && !pair.includes('='));
  return wrong === undefined ? undefined : `malformed pair, expect string=string`;
}

/** Flags whose keys may stand without a value. Behaviour: component-base cli/flag ConfigurationMap. */
const bareKeys: ReadonlySet<string> = new Set(['runtime-config']);

/** Throws UsageError for a value that its flag cannot have, in pflag's words. */
export function checkValue({ name, type, shorthand }: Flag, value: string): void {
  const problem = bareKeys.has(name) ? undefined : problems[type]?.(value);
  if (problem === undefined) return;
  const shown = shorthand === undefined ? `--${name}` : `-${shorthand}, --${name}`;
  throw new UsageError(
    `invalid argument ${JSON.stringify(value)} for ${JSON.stringify(shown)} flag: ${problem}`,
  );
}

const listTypes = new Set([
  'stringSlice',
  'int32Slice',
  'mapStringString',
  'stringToString',
  'colonSeparatedMultimapStringString',
]);

/** What is given between commas counts one by one; other flags keep their values whole. */
export const isList = ({ type }: Flag): boolean => listTypes.has(type);

/** What Go prints for a default that is nothing. */
const nothing = new Set(['', '[]', '<nil>', 'none']);

/** A flag's default as it would be typed. */
export const defaultText = ({ default: text }: Flag): string =>
  nothing.has(text) ? '' : text.replace(/^\[(.*)\]$/s, '$1');

/** Whether Go would read a boolean. */
export const isBoolean = (value: string): boolean => boolean.test(value);

/** `1`, `t` and `true`, as Go reads booleans. */
export const isTrue = (value: string): boolean => /^(1|t|true)$/i.test(value);
