import { toInt64 } from '@keelson/api-machinery';
import { Unfit } from './cbor-error.ts';
import type { Kind } from './kind.ts';

const limits = {
  uint8: [0n, 255n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

/** What a kind makes of whole numbers of a size. `name`: what errors say that others do not fit. */
export function numberOf(
  type: keyof typeof limits,
  name: string = type,
): NonNullable<Kind['integer']> {
  const [low, high] = limits[type];
  return (value, word) => {
    if (value >= low && value <= high) return typeof value === 'bigint' ? toInt64(value) : value;
    // What has no sign has no word for those below zero.
    const isOverflow = type !== 'uint8' || value > high;
    return new Unfit(word, type, isOverflow ? `${value} overflows ${name}` : undefined);
  };
}
