import { toInt64 } from '@keelson/api-machinery';
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

const int32: Reader = (value) => {
  if (typeof value !== 'number' || (value | 0) !== value) throw irregular;
  return value === 0 ? 0 : value;
};

const int64: Reader = (value) => {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  // A number beyond may be another one than was meant: only its text can tell.
  if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) throw irregular;
  return toInt64(value);
};

const ofText =
  (parse: (text: string) => Parsed<string | null>): Reader =>
  (value) => {
    if (typeof value !== 'string') throw irregular;
    return regular(parse(value));
  };
const time = (precision: TimePrecision): Reader => ofText((text) => parseTime(text, precision));

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
  int64,
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
