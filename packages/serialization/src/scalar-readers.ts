import { canonicalQuantity } from '@keelson/api-machinery';
import type { ScalarType, TypeSchema } from '@keelson/kubernetes-api';
import { DecodeError, goWord } from './decode-state.ts';
import type { Reader } from './json-reader.ts';

/** The reader of a scalar; `goName` is Go's name for it where it has one of its own. */
export function scalarReader(type: ScalarType, struct: TypeSchema, goName?: string): Reader {
  const make = makers[type];
  return make(struct, goName);
}

type Maker = (struct: TypeSchema, goName: string | undefined) => Reader;

const ofType =
  (expected: 'string' | 'boolean', goType: string): Maker =>
  (struct, goName) =>
  (value, state) => {
    if (typeof value !== expected) throw state.mismatch(struct, goWord(value), goName ?? goType);
    return value;
  };

const integer =
  (goType: string, low: number, high: number): Maker =>
  (struct, goName) =>
  (value, state) => {
    if (typeof value !== 'number') throw state.mismatch(struct, goWord(value), goName ?? goType);
    if (!Number.isInteger(value) || value < low || value > high)
      throw state.mismatch(struct, `number ${value}`, goName ?? goType);
    return value === 0 ? 0 : value;
  };

const double: Maker = (struct, goName) => (value, state) => {
  if (typeof value !== 'number') throw state.mismatch(struct, goWord(value), goName ?? 'float64');
  return value;
};

const bytes: Maker = (struct) => (value, state) => {
  if (typeof value !== 'string') throw state.mismatch(struct, goWord(value), '[]uint8');
  const clean = value.replace(/[\r\n]/g, '');
  const encoded = Buffer.from(clean, 'base64').toString('base64');
  if (encoded === clean) return encoded;
  throw new DecodeError(`illegal base64 data at input byte ${firstIllegal(clean)}`);
};

/** Where Go's decoder stops: at a character that is none of the alphabet, or at the end of a text that is cut short. */
function firstIllegal(text: string): number {
  const at = text.search(/[^A-Za-z0-9+/]/);
  return at === -1 ? text.length - (text.length % 4) : at;
}

const quantity: Maker = () => (value) => {
  if (typeof value !== 'string' && typeof value !== 'number') throw new DecodeError(quantityShape);
  const canonical = canonicalQuantity(value);
  if (canonical !== undefined) return canonical;
  throw new DecodeError(
    /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/.test(String(value))
      ? "unable to parse quantity's suffix"
      : quantityShape,
  );
};
const quantityShape =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

const intOrString: Maker = (struct) => (value, state) => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') throw state.mismatch(struct, goWord(value), 'intstr.IntOrString');
  if (!Number.isInteger(value) || Math.abs(value) > 2147483648)
    throw new DecodeError(`json: cannot unmarshal number ${value} into Go value of type int32`);
  return value;
};

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const time =
  (digits: 0 | 6, layout: string): Maker =>
  () =>
  (value) => {
    if (typeof value !== 'string')
      throw new DecodeError(`json: cannot unmarshal ${goWord(value)} into Go value of type string`);
    const milliseconds = moment.test(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(milliseconds))
      throw new DecodeError(
        `parsing time ${JSON.stringify(value)} as ${JSON.stringify(layout)}: cannot parse ${JSON.stringify(value)} as "2006"`,
      );
    const seconds = new Date(milliseconds).toISOString().slice(0, 19);
    if (digits === 0) return `${seconds}Z`;
    const fraction = /\.(\d+)/.exec(value)?.[1] ?? '';
    return `${seconds}.${fraction.padEnd(6, '0').slice(0, 6)}Z`;
  };

/** An embedded object is kept as it came. */
const raw: Maker = (struct) => (value, state) => {
  if (typeof value !== 'object' || Array.isArray(value))
    throw state.mismatch(struct, goWord(value), 'runtime.RawExtension');
  return value;
};
const asItCame: Maker = () => (value) => value;

const makers: Readonly<Record<ScalarType, Maker>> = {
  string: ofType('string', 'string'),
  boolean: ofType('boolean', 'bool'),
  bytes,
  int32: integer('int32', -2147483648, 2147483647),
  // Beyond 2^53 a number is not exact: the limits are those of the type, rounded.
  int64: integer('int64', -(2 ** 63), 2 ** 63),
  double,
  time: time(0, '2006-01-02T15:04:05Z07:00'),
  microtime: time(6, '2006-01-02T15:04:05.000000Z07:00'),
  quantity,
  intorstring: intOrString,
  raw,
  fieldsv1: asItCame,
  json: asItCame,
};
