import type { ScalarType } from '@keelson/kubernetes-api';
import { countKeys } from './count-keys.ts';
import { irregular, type Reader } from './reader.ts';
import { parseBase64 } from './scalars/base64.ts';
import type { Parsed } from './scalars/parsed.ts';
import { parseQuantityText } from './scalars/quantity.ts';
import { parseTime, type TimePrecision } from './scalars/time.ts';

function regular<T>(parsed: Parsed<T>): T {
  if ('problem' in parsed) throw irregular;
  return parsed.value;
}

const ofType =
  (expected: 'string' | 'boolean' | 'number'): Reader =>
  (value) => {
    if (typeof value !== expected) throw irregular;
    return value;
  };

const integer =
  (low: number, high: number): Reader =>
  (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high)
      throw irregular;
    return value === 0 ? 0 : value;
  };

const ofText =
  (parse: (text: string) => Parsed<string | null>): Reader =>
  (value) => {
    if (typeof value !== 'string') throw irregular;
    return regular(parse(value));
  };
const time = (precision: TimePrecision): Reader => ofText((text) => parseTime(text, precision));
const int32 = integer(-2147483648, 2147483647);

/** Kept as it came, its keys counted. */
const asItCame: Reader = (value, state) => {
  state.keys += countKeys(value);
  return value;
};

/** The readers of scalars: they throw `irregular` for what is no such scalar. */
export const scalarReaders: Readonly<Record<ScalarType, Reader>> = {
  string: ofType('string'),
  boolean: ofType('boolean'),
  bytes: ofText(parseBase64),
  int32,
  // Beyond 2^53 a number is not exact: the limits are those of the type, rounded.
  int64: integer(-(2 ** 63), 2 ** 63),
  double: ofType('number'),
  time: time('seconds'),
  microtime: time('microseconds'),
  quantity: (value) => {
    if (typeof value !== 'string' && typeof value !== 'number') throw irregular;
    return regular(parseQuantityText(String(value)));
  },
  intorstring: (value, state) => (typeof value === 'string' ? value : int32(value, state)),
  raw: asItCame,
  fieldsv1: asItCame,
  json: asItCame,
};
