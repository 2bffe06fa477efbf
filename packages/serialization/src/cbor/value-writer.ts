import { isRawNumber, jsonText } from '@keelson/api-machinery';
import { compareKeys } from './key-order.ts';
import { majors, type CborWriter } from './cbor-writer.ts';

/** Writes any JSON value. Whole numbers are integers as long as they fit; those with a text of their own are none. */
export function writeValue(writer: CborWriter, value: unknown): void {
  if (value === null || value === undefined) writer.null();
  else if (typeof value === 'string') writer.string(value);
  else if (typeof value === 'boolean') writer.boolean(value);
  else if (typeof value === 'bigint') writer.integer(value);
  else if (typeof value === 'number') writeNumber(writer, value);
  else if (Array.isArray(value)) writeList(writer, value, writeValue);
  else if (isRawNumber(value)) writer.fraction(Number(jsonText(value)));
  else writeMap(writer, value, writeValue);
}

function writeNumber(writer: CborWriter, value: number): void {
  const isInteger = Number.isInteger(value) && !Object.is(value, -0) && Math.abs(value) < 2 ** 63;
  if (isInteger) writer.integer(value);
  else writer.fraction(value);
}

type ItemWriter = (writer: CborWriter, value: unknown) => void;

export function writeList(writer: CborWriter, items: readonly unknown[], write: ItemWriter): void {
  for (let index = items.length - 1; index >= 0; index--) write(writer, items[index]);
  writer.head(majors.list, items.length);
}

export function writeMap(writer: CborWriter, map: object, write: ItemWriter): void {
  const keys = Object.keys(map);
  if (keys.length > 1) keys.sort(compareKeys);
  for (let index = keys.length - 1; index >= 0; index--) {
    const key = keys[index] ?? '';
    write(writer, (map as Readonly<Record<string, unknown>>)[key]);
    writer.string(key);
  }
  writer.head(majors.map, keys.length);
}
