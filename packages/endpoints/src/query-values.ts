import { badRequestError, goQuote, toInt64, type Int64 } from '@keelson/api-machinery';

// How Go reads the values of a query. Behaviour: k8s.io/apimachinery runtime conversion.go, v1.37.

/** `0` and `false` in any case are false; anything else, the empty text too, is true. Undefined when absent. */
export function booleanOf(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  return text === null ? undefined : text !== '0' && text.toLowerCase() !== 'false';
}

/** Undefined when absent. Throws 400 for what is no whole number of 64 bits. */
export function int64Of(query: URLSearchParams, name: string): Int64 | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const digits = /^[+-]?0*(?<significant>\d*)$/.exec(text)?.groups?.['significant'];
  if (digits === undefined || !/\d$/.test(text)) throw notInteger(text, 'invalid syntax');
  if (digits.length > 19 || !is64Bit(BigInt(text.replace('+', ''))))
    throw notInteger(text, 'value out of range');
  return toInt64(BigInt(text.replace('+', '')));
}

/** The same, where it does not matter whether a very large one is a little larger. */
export function integerOf(query: URLSearchParams, name: string): number | undefined {
  const value = int64Of(query, name);
  return value === undefined ? undefined : Number(value);
}

const is64Bit = (value: bigint): boolean => BigInt.asIntN(64, value) === value;

const notInteger = (text: string, why: string) =>
  badRequestError(`strconv.ParseInt: parsing ${goQuote(text)}: ${why}`);
