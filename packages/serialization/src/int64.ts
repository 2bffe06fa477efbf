const largest = 2n ** 63n - 1n;

/**
 * A whole number as 64 bits hold it. JavaScript's numbers are exact up to 2^53; the largest of 64 bits, which people write for `for ever`,
 * would become one too many.
 */
export function int64Of(value: number | bigint): bigint {
  const exact = BigInt(value);
  return exact > largest ? largest : exact;
}

/** The same, in digits. */
export const int64Text = (value: number): string =>
  Number.isSafeInteger(value) ? String(value) : String(int64Of(value));
