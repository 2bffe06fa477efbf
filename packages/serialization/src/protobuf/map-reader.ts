import type { FieldType } from '@keelson/kubernetes-api';
import { nothingOf } from '../json-reader.ts';
import { defineOwn } from '../own-property.ts';
import { wireTypeOf, type ScalarReader } from './scalar-values.ts';
import { expectWireType, WireError, wireTypes, type WireReader } from './wire.ts';

/** The field of a map whose values `read` reads: each entry is a message of a key and a value. */
export function mapReader(read: ScalarReader, item: FieldType): ScalarReader {
  const readEntry = entryReader(read, item);
  return (reader, tag, field, before) => {
    expectWireType(tag, wireTypes.bytes, field);
    const map = (before ?? {}) as Record<string, unknown>;
    readEntry(reader, reader.end(), map);
    return map;
  };
}

/**
 * Reads an entry as Go does: of a key and a value, wire types are not looked at, and what goes beyond the entry but not beyond the
 * message around it is read, and read again as what follows.
 */
function entryReader(read: ScalarReader, item: FieldType) {
  const wireType = wireTypeOf(item);
  // An entry without a value has an empty one.
  const nothing = item === 'bytes' ? () => '' : nothingOf(item);
  return (reader: WireReader, end: number, map: Record<string, unknown>): void => {
    let key = '';
    let value: unknown;
    while (reader.at < end) {
      const tag = reader.entryTag();
      if (tag >>> 3 === 1) key = reader.textTo(reader.end());
      else if (tag >>> 3 === 2) value = read(reader, wireType, '', undefined);
      else {
        reader.skip(tag);
        if (reader.at > end) throw new WireError('unexpected EOF');
      }
    }
    reader.at = end;
    value ??= nothing();
    if (key === '__proto__') defineOwn(map, key, value);
    else map[key] = value;
  };
}
