// Nulls and directives for the patches that are made of an object's parts.

import type { JsonValue } from '@keelson/api-machinery';
import type { Random } from '@keelson/storage-backend/testing';
import { isObject, type JsonObject } from './json.ts';

/** A merge patch of some content. */
export function withNulls(random: Random, value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      random.chance(12) ? null : isObject(member) ? withNulls(random, member) : member,
    ]),
  );
}

/** A strategic merge patch of some content. */
export function withDirectives(random: Random, value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withDirectives(random, item));
  if (!isObject(value)) return value;
  const directives: JsonObject = {};
  const content: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const isList = Array.isArray(member) && !member.some(Array.isArray);
    if (isList && random.chance(5)) directives[`$deleteFromPrimitiveList/${key}`] = member;
    else content[key] = random.chance(8) ? null : withDirectives(random, member);
    if (isList && random.chance(8))
      directives[`$setElementOrder/${key}`] = elementOrder(random, member);
  }
  if (random.chance(8)) directives['$patch'] = random.pick(['replace', 'delete', 'merge', 'odd']);
  if (random.chance(3))
    directives['$retainKeys'] = Object.keys(value).filter(() => random.chance(80));
  return { ...directives, ...content };
}

/** In which order a patch wants a list's items: mostly the one that they have in the patch. */
function elementOrder(random: Random, items: readonly JsonValue[]): JsonValue[] {
  const named = items.map((item) => (isObject(item) ? onlyFirst(item) : item));
  return random.chance(70) ? named : named.reverse();
}

/** An item's first member, which tends to be its key. */
const onlyFirst = (item: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(item).slice(0, 1));
