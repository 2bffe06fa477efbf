import type { Int64 } from './scalars.ts';

/** A whole number of 64 bits in its one form. What does not fit loses its upper bits, as Go's arithmetic does. */
export function toInt64(value: bigint): Int64 {
  const wrapped = BigInt.asIntN(64, value);
  const short = Number(wrapped);
  return Number.isSafeInteger(short) ? short : wrapped;
}

/** The sum, as Go has it. */
export function addInt64(a: Int64, b: Int64): Int64 {
  const sum = Number(a) + Number(b);
  return Number.isSafeInteger(sum) ? sum : toInt64(BigInt(a) + BigInt(b));
}

const nanoseconds = 1_000_000_000n;
/** More seconds than Go's durations have. */
const longest = 9_223_372_036;

/** Seconds as milliseconds. More than Go's durations can tell become what Go makes of them. */
export function secondsToMilliseconds(seconds: Int64): number {
  return seconds > longest || seconds < -longest
    ? Number(BigInt.asIntN(64, BigInt(seconds) * nanoseconds)) / 1e6
    : Number(seconds) * 1000;
}

/** Reads a decimal integer of 64 bits as Go does; undefined for what is none. Behaviour: strconv.ParseInt. */
export function parseInt64(text: string): bigint | undefined {
  const match = /^([+-]?)(\d+)$/.exec(text);
  const [, sign = '', all = ''] = match ?? [];
  let from = 0;
  while (from < all.length - 1 && all.charAt(from) === '0') from++;
  // Nineteen digits are the most; more are not worth the time that reading them takes.
  if (match === null || all.length - from > 19) return undefined;
  const value = BigInt(`${sign === '-' ? '-' : ''}${all.slice(from)}`);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}
