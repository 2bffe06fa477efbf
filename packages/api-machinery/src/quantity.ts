// Quantities exactly: a decimal number and the notation that it was written in.
// Behaviour: k8s.io/apimachinery api/resource Quantity, v1.37.

import {
  decimalOf,
  decimalText,
  isBelowOne,
  nanosOf,
  roundedUp,
  timesPowerOfTwo,
  type Decimal,
} from './decimal.ts';
import { parseInt64 } from './int64.ts';

/** How a quantity is written: powers of two (`Ki`), of ten (`k`, `m`), or an exponent (`e3`). */
export type QuantityFormat = 'BinarySI' | 'DecimalSI' | 'DecimalExponent';

/** `value` is in billionths: the finest that Kubernetes keeps. */
export interface ParsedQuantity {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

const billion = 1_000_000_000n;
// 2^63-1: what is written in powers of two and larger is cut to it.
const maxBinary = 9223372036854775807n * billion;
const finest = -9;

const decimalExponents: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const decimalSuffixes = new Map(
  Object.entries(decimalExponents).map(([suffix, exponent]) => [exponent, suffix]),
);
const binaryExponents: Readonly<Record<string, number>> = {
  Ki: 10,
  Mi: 20,
  Gi: 30,
  Ti: 40,
  Pi: 50,
  Ei: 60,
};
const binarySuffixes = ['', ...Object.keys(binaryExponents)];
const shape = /^([+-]?)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d+)?$/;

/** The parts of a quantity's text. */
interface Written {
  readonly text: string;
  readonly negative: boolean;
  /** Without leading zeros; `0` for none. */
  readonly whole: string;
  readonly fraction: string;
  readonly format: QuantityFormat;
  /** The power, of two or of ten as the format says. */
  readonly exponent: number;
}

function read(text: string): Written | undefined {
  const match = text === '' ? null : shape.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  const scale = scaleOf(suffix);
  if (scale === undefined) return undefined;
  const digits = whole.slice(leadingZeros(whole));
  const written = { text, negative: sign === '-', whole: digits || '0', fraction, ...scale };
  // Without a digit it is zero, but only to upstream's quick way of parsing.
  return whole === '' && fraction === '' && !isQuick(written) ? undefined : written;
}

function leadingZeros(digits: string): number {
  let count = 0;
  while (digits.charAt(count) === '0') count++;
  return count;
}

/** Whether upstream reads it as 64 bits and a power of ten. */
function isQuick({ whole, fraction, format, exponent }: Written): boolean {
  if (format !== 'BinarySI')
    return whole.length + fraction.length <= 18 && exponent - fraction.length >= finest;
  return fraction === '' && whole.length + Math.trunc((exponent * 3) / 10) <= 14;
}

function scaleOf(suffix: string): Pick<Written, 'format' | 'exponent'> | undefined {
  const binary = binaryExponents[suffix];
  if (binary !== undefined) return { format: 'BinarySI', exponent: binary };
  const decimal = decimalExponents[suffix];
  if (decimal !== undefined) return { format: 'DecimalSI', exponent: decimal };
  const exponent = parseInt64(suffix.slice(1));
  if (exponent === undefined) return undefined;
  // Upstream keeps 32 bits of it.
  return { format: 'DecimalExponent', exponent: Number(BigInt.asIntN(32, exponent)) };
}

interface Value {
  readonly decimal: Decimal;
  readonly negative: boolean;
  readonly format: QuantityFormat;
}

function valueOf({ negative, whole, fraction, format, exponent }: Written): Value {
  if (format !== 'BinarySI') {
    const decimal = decimalOf(whole + fraction, exponent - fraction.length);
    return { decimal: roundedUp(decimal, finest), negative, format };
  }
  const decimal = timesPowerOfTwo(decimalOf(whole + fraction, -fraction.length), exponent);
  const cut = nanosOf(decimal) > maxBinary ? decimalOf(String(maxBinary), finest) : decimal;
  // Less than one cannot be written in powers of two.
  return { decimal: cut, negative, format: isBelowOne(cut) ? 'DecimalSI' : format };
}

/** Parses `1500m`, `1Gi`, `1e3`; undefined when the text is no quantity. Fractions of a billionth are rounded away from zero. */
export function parseQuantity(text: string | number): ParsedQuantity | undefined {
  const written = read(String(text));
  if (written === undefined) return undefined;
  const { decimal, negative, format } = valueOf(written);
  const magnitude = nanosOf(decimal);
  return { nanos: negative ? -magnitude : magnitude, format };
}

/** Writes a quantity as Kubernetes does: no fraction, the largest suffix that fits. */
export function formatQuantity({ nanos, format }: ParsedQuantity): string {
  const negative = nanos < 0n;
  const decimal = decimalOf(String(negative ? -nanos : nanos), finest);
  return textOf({ decimal, negative, format });
}

function textOf({ decimal, negative, format }: Value): string {
  if (decimal.digits === '') return '0';
  const sign = negative ? '-' : '';
  if (format === 'BinarySI' && decimal.exponent >= 0) {
    const value = nanosOf(decimal) / billion;
    if (value >= 1024n) return sign + binaryText(value);
  }
  const { digits, exponent } = decimalText(decimal);
  if (format === 'DecimalExponent')
    return `${sign}${digits}${exponent === 0 ? '' : `e${exponent}`}`;
  // What has no suffix is written without one, as upstream writes it: a thousand exa is `1`.
  return `${sign}${digits}${decimalSuffixes.get(exponent) ?? ''}`;
}

function binaryText(value: bigint): string {
  let [rest, power] = [value, 0];
  while (rest % 1024n === 0n && power < 6) [rest, power] = [rest / 1024n, power + 1];
  return `${rest}${binarySuffixes[power]}`;
}

/** Whether upstream keeps a text as it came: one that its quick way of parsing finds canonical enough. */
function isKept(written: Written): boolean {
  if (!isQuick(written)) return false;
  const { whole, fraction, format, exponent } = written;
  if (format === 'BinarySI') return Number(whole) % 8 !== 0;
  const digits = whole + fraction;
  return (
    (exponent - fraction.length) % 3 === 0 && !digits.startsWith('0') && !digits.endsWith('000')
  );
}

// What most quantities are, and what formatting would leave as it is.
const canonicalAlready = /^(0|[1-9]\d{0,2}(|[numkMGTPE])|[1-9]\d{0,2}(Mi|Gi))$/;

/** The form in which a quantity is stored and shown; undefined when the text is no quantity. */
export function canonicalQuantity(text: string | number): string | undefined {
  if (typeof text === 'string' && canonicalAlready.test(text)) return text;
  const written = read(String(text));
  if (written === undefined) return undefined;
  return isKept(written) ? written.text : textOf(valueOf(written));
}

const zero: ParsedQuantity = { nanos: 0n, format: 'DecimalSI' };
const parsed = (quantity: string | ParsedQuantity): ParsedQuantity =>
  typeof quantity === 'string' ? (parseQuantity(quantity) ?? zero) : quantity;

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. A text that is no quantity counts as zero. */
export function compareQuantity(a: string | ParsedQuantity, b: string | ParsedQuantity): number {
  if (a === b) return 0;
  const [x, y] = [parsed(a).nanos, parsed(b).nanos];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The sum, in the notation of `a`, or of `b` when `a` is zero. */
export function addQuantity(a: string, b: string): string {
  const [x, y] = [parsed(a), parsed(b)];
  return formatQuantity({ nanos: x.nanos + y.nanos, format: x.nanos === 0n ? y.format : x.format });
}

/** The difference, in the notation of `a`, or of `b` when `a` is zero. */
export function subtractQuantity(a: string, b: string): string {
  const [x, y] = [parsed(a), parsed(b)];
  return formatQuantity({ nanos: x.nanos - y.nanos, format: x.nanos === 0n ? y.format : x.format });
}

/** -1, 0 or 1. */
export function quantitySign(quantity: string): number {
  if (canonicalAlready.test(quantity)) return quantity === '0' ? 0 : 1;
  return compareQuantity(quantity, zero);
}

/** The value in whole units, rounded up. */
export function quantityValue(quantity: string): bigint {
  return dividedUp(parsed(quantity).nanos, billion);
}

/** The value in thousandths, rounded up. */
export function quantityMilliValue(quantity: string): bigint {
  return dividedUp(parsed(quantity).nanos, 1_000_000n);
}

function dividedUp(value: bigint, unit: bigint): bigint {
  const quotient = value / unit;
  return value % unit > 0n ? quotient + 1n : quotient;
}
