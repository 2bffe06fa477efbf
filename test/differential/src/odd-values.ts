// What hardly any field takes.

import type { JsonValue } from '@keelson/api-machinery';
import type { Random } from '@keelson/storage-backend/testing';
import { isObject, type JsonObject } from './json.ts';
import { pointersIn, withValue } from './pointers.ts';

const values: readonly (() => JsonValue)[] = [
  () => null,
  () => true,
  () => 0,
  () => 7,
  () => -1,
  () => 1.5,
  () => '',
  () => 'odd',
  () => '7',
  () => [],
  () => ({}),
  () => ['odd'],
  () => [null],
  () => ({ odd: 'x' }),
  () => [{ odd: 1 }],
];

export const oddValue = (random: Random): JsonValue => random.pick(values)();

/** At times, a copy of an object with something odd in it. */
export function atTimesOdd(random: Random, object: JsonObject): JsonObject {
  const pointers = pointersIn(object);
  if (!random.chance(12) || pointers.length === 0) return object;
  const change = random.pick(changes);
  return withValue(object, random.pick(pointers), (old) => change(random, old)) as JsonObject;
}

const changes: readonly ((random: Random, old: JsonValue) => JsonValue)[] = [
  oddValue,
  (random, old) => (isObject(old) ? { ...old, odd: oddValue(random) } : oddValue(random)),
  // Items that are there twice.
  (random, old) => (Array.isArray(old) ? [...old, ...old] : oddValue(random)),
  (random, old) => (Array.isArray(old) ? [...old, oddValue(random)] : oddValue(random)),
];
