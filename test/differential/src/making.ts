// How contents are made. Few names and few values: what several managers say has to meet.

import type { JsonValue } from '@keelson/api-machinery';
import type { Random } from '@keelson/storage-backend/testing';
import type { JsonObject } from './json.ts';

export type Make = (random: Random) => JsonValue;

const names = ['a', 'b', 'c'] as const;
export const name: Make = (random) => random.pick(names);
export const value: Make = (random) => String(random.below(3));
export const oneOf =
  (...choices: readonly [JsonValue, ...JsonValue[]]): Make =>
  (random) =>
    random.pick(choices);

/** Some of the members. */
export function some(
  random: Random,
  members: Readonly<Record<string, Make>>,
  percent = 50,
): JsonObject {
  const said: JsonObject = {};
  for (const [key, make] of Object.entries(members))
    if (random.chance(percent)) said[key] = make(random);
  return said;
}

/** Some of the members, and all of the others. */
export const struct =
  (required: Readonly<Record<string, Make>>, optional: Readonly<Record<string, Make>> = {}): Make =>
  (random) => ({
    ...Object.fromEntries(Object.entries(required).map(([key, make]) => [key, make(random)])),
    ...some(random, optional),
  });

export const mapOf =
  (make: Make): Make =>
  (random) =>
    Object.fromEntries(subset(random).map((key) => [key, make(random)]));

export const subset = (random: Random): string[] => {
  const shuffled = random.chance(50) ? [...names] : [...names].reverse();
  return shuffled.filter(() => random.chance(50));
};

/** Items of different keys, in any order. */
export const listBy =
  (key: string, make: Make): Make =>
  (random) =>
    subset(random).map((own) => ({ [key]: own, ...(make(random) as JsonObject) }));

export const listOf =
  (make: Make): Make =>
  (random) =>
    Array.from({ length: random.below(3) }, () => make(random));

export const setOf =
  (prefix: string): Make =>
  (random) =>
    subset(random).map((own) => `${prefix}${own}`);

const ownerReferences: Make = (random) =>
  subset(random).map((own) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: value(random),
    uid: own,
  }));

/** Of names and texts that are written in more than one way. */
const annotations: Make = (random) =>
  Object.fromEntries(
    ['a', 'b', 'c', 'example.com/a', '10']
      .filter(() => random.chance(35))
      .map((key) => [
        key,
        random.chance(80) ? value(random) : random.pick(['<&>', 'é"\\', '\u2028']),
      ]),
  );

const metadata = struct(
  {},
  {
    labels: mapOf(value),
    annotations,
    finalizers: setOf('example.com/'),
    ownerReferences,
  },
);

export const withMetadata = (random: Random, content: JsonObject): JsonObject =>
  random.chance(50) ? { ...content, metadata: metadata(random) } : content;

const conditions = struct(
  {},
  {
    status: oneOf('True', 'False'),
    reason: value,
    lastTransitionTime: oneOf('2020-01-01T00:00:00Z', null),
  },
);
export const condition =
  (...types: readonly [string, ...string[]]): Make =>
  (random) =>
    types
      .filter(() => random.chance(50))
      .map((type) => ({ type, status: 'True', ...(conditions(random) as JsonObject) }));
