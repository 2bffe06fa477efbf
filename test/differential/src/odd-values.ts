// What hardly any field takes.

import type { JsonValue } from '@keelson/api-machinery';
import type { Random } from '@keelson/storage-backend/testing';
import { isObject, type JsonObject } from './json.ts';
import { pointersIn, valueOf, withValue } from './pointers.ts';

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

/** At times, an object as a text in which one of its members is there twice; `where` says in which objects that may be. */
export function atTimesTwice(
  random: Random,
  object: JsonObject,
  where: (pointer: string) => boolean = () => true,
): { readonly text?: string } {
  if (!random.chance(4)) return {};
  const objects = ['', ...pointersIn(object).filter(where)].filter((at) =>
    isObject(valueOf(object, at)),
  );
  const pointer = random.pick(objects);
  const holder = valueOf(object, pointer) as JsonObject;
  const key = random.pick([...Object.keys(holder), 'odd']);
  const again = `${JSON.stringify(key)}:${JSON.stringify(random.chance(50) ? (holder[key] ?? 1) : oddValue(random))}`;
  const mark = '\u0000here';
  const marked =
    pointer === ''
      ? { ...object, [mark]: 0 }
      : withValue(object, pointer, (old) => ({ ...Object(old), [mark]: 0 }));
  return { text: JSON.stringify(marked).replace(`${JSON.stringify(mark)}:0`, () => again) };
}

/** At times, an object that says to be another one. */
export function atTimesAnother(random: Random, object: JsonObject): JsonObject {
  if (!random.chance(3)) return object;
  const metadata = (more: JsonObject): JsonObject => ({
    ...object,
    metadata: { ...Object(object['metadata']), ...more },
  });
  return random.pick<() => JsonObject>([
    () => ({ ...object, kind: random.pick<JsonValue>(['Pod', 'Odd', '', null, 7]) }),
    () => ({
      ...object,
      apiVersion: random.pick<JsonValue>(['v1', 'apps/v1', 'v9', 'a/b/c', '', null, 7]),
    }),
    () => metadata({ name: random.pick<JsonValue>(['another', '', null, 7]) }),
    () => metadata({ namespace: random.pick<JsonValue>(['another', '', null, 7]) }),
    () => metadata({ uid: random.pick<JsonValue>(['another', '', null]) }),
    () => metadata({ generation: 7 }),
    () =>
      metadata({
        creationTimestamp: random.pick<JsonValue>([null, '2020-01-01T00:00:00Z', 'odd']),
      }),
    () => metadata({ deletionTimestamp: '2020-01-01T00:00:00Z' }),
    () => metadata({ resourceVersion: random.pick<JsonValue>(['1', 'odd', '', null]) }),
    // With a name: servers make up different ones.
    () => metadata({ name: 'odd', generateName: 'odd', ...Object(object['metadata']) }),
    () => metadata({ selfLink: 'odd' }),
  ])();
}
