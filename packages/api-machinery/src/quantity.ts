// Quantities exactly: a decimal number and the notation that it was written in.
// Behaviour: k8s.io/apimachinery api/resource Quantity, v1.37.

/** How a quantity is written: powers of two (`Ki`), of ten (`k`, `m`), or an exponent (`e3`). */
export type QuantityFormat = 'BinarySI' | 'DecimalSI' | 'DecimalExponent';

/** `value` is in billionths: the finest that Kubernetes keeps. */
export interface ParsedQuantity {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

const billion = 1_000_000_000n;
// 2^63-1: what is larger is cut to it.
const maxValue = 9223372036854775807n * billion;

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
const binaryExponents: Readonly<Record<string, bigint>> = {
  Ki: 10n,
  Mi: 20n,
  Gi: 30n,
  Ti: 40n,
  Pi: 50n,
  Ei: 60n,
};
const shape = /^([+-]?)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d+)?$/;
/** Exponents beyond these change nothing: the value is 0 or the largest one by then. */
const exponentLimit = 100;

/** Parses `1500m`, `1Gi`, `1e3`; undefined when the text is no quantity. Fractions of a billionth are rounded away from zero. */
export function parseQuantity(text: string | number): ParsedQuantity | undefined {
  const match = shape.exec(String(text));
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const { format, binary, exponent } = scaleOf(suffix);
  const magnitude = cut(scaled(digits << binary, exponent - fraction.length + 9));
  return {
    nanos: sign === '-' ? -magnitude : magnitude,
    format: format === 'BinarySI' && isSmallFraction(magnitude) ? 'DecimalSI' : format,
  };
}

/** Less than one in powers of two cannot be written so. */
const isSmallFraction = (magnitude: bigint): boolean => magnitude > 0n && magnitude < billion;

function scaleOf(suffix: string): { format: QuantityFormat; binary: bigint; exponent: number } {
  const binary = binaryExponents[suffix];
  if (binary !== undefined) return { format: 'BinarySI', binary, exponent: 0 };
  const decimal = decimalExponents[suffix];
  if (decimal !== undefined) return { format: 'DecimalSI', binary: 0n, exponent: decimal };
  const exponent = Math.max(-exponentLimit, Math.min(exponentLimit, Number(suffix.slice(1))));
  return { format: 'DecimalExponent', binary: 0n, exponent };
}

/** digits × 10^exponent, rounded up. */
function scaled(digits: bigint, exponent: number): bigint {
  if (exponent >= 0) return digits * 10n ** BigInt(exponent);
  const divisor = 10n ** BigInt(-exponent);
  return (digits + divisor - 1n) / divisor;
}

const cut = (magnitude: bigint): bigint => (magnitude > maxValue ? maxValue : magnitude);

/** Writes a quantity as Kubernetes does: no fraction, the largest suffix that fits. */
export function formatQuantity({ nanos, format }: ParsedQuantity): string {
  const sign = nanos < 0n ? '-' : '';
  const magnitude = nanos < 0n ? -nanos : nanos;
  if (magnitude === 0n) return '0';
  if (format === 'BinarySI' && magnitude >= 1024n * billion && magnitude % billion === 0n)
    return sign + binaryText(magnitude / billion);
  return sign + decimalText(magnitude, format === 'DecimalExponent');
}

function binaryText(value: bigint): string {
  let [rest, power] = [value, 0];
  while (rest % 1024n === 0n && power < 6) [rest, power] = [rest / 1024n, power + 1];
  return `${rest}${['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'][power]}`;
}

function decimalText(magnitude: bigint, exponential: boolean): string {
  let [rest, exponent] = [magnitude, -9];
  while (rest % 1000n === 0n && exponent < 18) [rest, exponent] = [rest / 1000n, exponent + 3];
  if (exponential) return exponent === 0 ? `${rest}` : `${rest}e${exponent}`;
  const suffix =
    Object.entries(decimalExponents).find(([, power]) => power === exponent)?.[0] ?? '';
  return `${rest}${suffix}`;
}

// What most quantities are, and what formatting would leave as it is.
const canonicalAlready = /^(0|[1-9]\d{0,2}(|[numkMGTPE])|[1-9]\d{0,2}(Mi|Gi))$/;

/** The form in which a quantity is stored and shown; undefined when the text is no quantity. */
export function canonicalQuantity(text: string | number): string | undefined {
  if (typeof text === 'string' && canonicalAlready.test(text)) return text;
  const parsed = parseQuantity(text);
  return parsed === undefined ? undefined : formatQuantity(parsed);
}

const zero: ParsedQuantity = { nanos: 0n, format: 'DecimalSI' };
const nanosOf = (quantity: string | ParsedQuantity): bigint =>
  typeof quantity === 'string' ? (parseQuantity(quantity) ?? zero).nanos : quantity.nanos;

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. A text that is no quantity counts as zero. */
export function compareQuantity(a: string | ParsedQuantity, b: string | ParsedQuantity): number {
  const [x, y] = [nanosOf(a), nanosOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The sum, in the notation of `a`, or of `b` when `a` is zero. */
export function addQuantity(a: string, b: string): string {
  const [x, y] = [parseQuantity(a) ?? zero, parseQuantity(b) ?? zero];
  return formatQuantity({ nanos: x.nanos + y.nanos, format: x.nanos === 0n ? y.format : x.format });
}

/** The difference, in the notation of `a`, or of `b` when `a` is zero. */
export function subtractQuantity(a: string, b: string): string {
  const [x, y] = [parseQuantity(a) ?? zero, parseQuantity(b) ?? zero];
  return formatQuantity({ nanos: x.nanos - y.nanos, format: x.nanos === 0n ? y.format : x.format });
}

/** -1, 0 or 1. */
export function quantitySign(quantity: string): number {
  return compareQuantity(quantity, zero);
}

/** The value in whole units, rounded up. */
export function quantityValue(quantity: string): bigint {
  return roundedUp(nanosOf(quantity), billion);
}

/** The value in thousandths, rounded up. */
export function quantityMilliValue(quantity: string): bigint {
  return roundedUp(nanosOf(quantity), 1_000_000n);
}

function roundedUp(value: bigint, unit: bigint): bigint {
  const quotient = value / unit;
  return value % unit > 0n ? quotient + 1n : quotient;
}
