import { goQuote, quantityMilliValue, type FieldPath } from '@keelson/api-machinery';

/** Amounts of bytes that are no whole number. */
export function fractionWarnings(
  list: Readonly<Record<string, string>> | undefined,
  names: readonly string[],
  path: FieldPath,
): string[] {
  if (!list) return [];
  return names.flatMap((name) => {
    const quantity = list[name];
    if (quantity === undefined || quantityMilliValue(quantity) % 1000n === 0n) return [];
    return [
      `${path.key(name).toString()}: fractional byte value ${goQuote(quantity)} is invalid, must be an integer`,
    ];
  });
}
