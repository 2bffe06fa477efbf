import { canonicalQuantity } from '@keelson/api-machinery';
import type { Parsed } from './parsed.ts';

const shape =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** Reads a quantity as `parseQuantityText` does, but with no space around it: JSON's decoder takes that away, protobuf's does not. */
export const parseBareQuantity = (text: string): Parsed<string> =>
  text.trim() === text ? parseQuantityText(text) : { problem: shape };

/** Reads a quantity, written as a string or as a number, and gives it back in canonical form. */
export function parseQuantityText(text: string): Parsed<string> {
  const trimmed = text.trim();
  const value = canonicalQuantity(trimmed);
  if (value !== undefined) return { value };
  // The largest powers of two are read the long way, which looks at the digits first.
  if (/^[+-]?\.?[PE]i$/.test(trimmed))
    return { problem: 'unable to parse numeric part of quantity' };
  return {
    problem:
      trimmed !== '' && /^[+-]?\d*(\.\d*)?[eEinumkKMGTP]*[-+]?\d*$/.test(trimmed)
        ? "unable to parse quantity's suffix"
        : shape,
  };
}
