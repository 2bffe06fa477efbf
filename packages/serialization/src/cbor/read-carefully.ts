import type { JsonValue } from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { readAny } from './any-value.ts';
import { CborCursor } from './cbor-cursor.ts';
import { CborError, Failure, unknownField } from './cbor-error.ts';
import { readKind, type Found, type Kind } from './kind.ts';
import { Unreadable } from './own-readers.ts';
import { objectOf, slotsOf } from '../slots.ts';
import { structKind } from './typed-kinds.ts';
import { checkWellFormed } from './well-formed.ts';

/** What CBOR says for a type, and the unknown field that upstream tells, in its words. */
export interface ReadCbor {
  readonly object: Record<string, unknown>;
  readonly problems: readonly string[];
}

/**
 * Reads an object of a type as Go's decoder does, and says what is wrong in its words. Slow: for what the quick reader does not take.
 * Throws CborError.
 */
export function readCarefully(bytes: Uint8Array, schema: TypeSchema): ReadCbor {
  const cursor = cursorOf(bytes);
  const found = taken(readKind(cursor, structKind(schema), undefined));
  // What is null leaves Go's object as it was: empty.
  const object = (found ?? objectOf(slotsOf(schema), [])) as Record<string, unknown>;
  if (cursor.hasUnreadable) throw new CborError(firstUnreadable(object) ?? '');
  const { unknown } = cursor;
  return { object, problems: unknown === undefined ? [] : [unknownField(unknown)] };
}

/** Reads an item of which nothing is known. Throws CborError. */
export const readCborValue = (bytes: Uint8Array): JsonValue =>
  taken(readAny(cursorOf(bytes), undefined)) ?? null;

/** Reads an item into a kind of value. Throws CborError. */
export const readCborKind = (bytes: Uint8Array, kind: Kind): JsonValue =>
  taken(readKind(cursorOf(bytes), kind, undefined)) ?? null;

function cursorOf(bytes: Uint8Array): CborCursor {
  checkWellFormed(bytes);
  return new CborCursor(bytes);
}

function taken(found: Found): JsonValue | undefined {
  if (found instanceof Failure) throw new CborError(found.text);
  return found;
}

/** In Go's order, which an object's fields are in. */
function firstUnreadable(object: unknown): string | undefined {
  const waiting: unknown[] = [object];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (value instanceof Unreadable) return value.problem;
    if (typeof value === 'object' && value !== null)
      for (const one of Object.values(value).toReversed()) waiting.push(one);
  }
  return undefined;
}

const typeMeta: TypeSchema = {
  id: 'meta/v1.TypeMeta',
  name: 'TypeMeta',
  fields: [
    { name: 'kind', type: 'string' },
    { name: 'apiVersion', type: 'string' },
  ],
};

/** What an object says that it is. Throws CborError. */
export function readTypeMeta(bytes: Uint8Array): { kind?: string; apiVersion?: string } {
  return readCarefully(bytes, typeMeta).object;
}
