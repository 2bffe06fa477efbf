import type { FieldSchema, TypeSchema } from '@keelson/kubernetes-api';
import { absentValue, zeroOf } from './json-reader.ts';

/** A field of an object that is being read: its place is that among its type's fields. */
export interface Slot {
  readonly name: string;
  /** Makes what an absent field holds; undefined: it stays absent. */
  readonly absent: (() => unknown) | undefined;
  /** What Go takes for absent when it writes it; undefined: nothing. */
  readonly zero: unknown;
}

export const slotsOf = ({ fields }: TypeSchema): readonly Slot[] => fields.map(slotOf);

const slotOf = (field: FieldSchema): Slot => ({
  name: field.name,
  absent: absentValue(field),
  zero: zeroOf(field),
});

/** The object of the values that stand in its slots: in Go's field order, with what Go always writes. */
export function objectOf(
  slots: readonly Slot[],
  values: readonly unknown[],
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index];
    if (slot === undefined) continue;
    const value = values[index];
    if (value !== undefined && value !== null && value !== slot.zero) object[slot.name] = value;
    else if (slot.absent !== undefined) object[slot.name] = slot.absent();
  }
  return object;
}
