// A kind with all that matters to ownership, and random objects of it.

import { groupVersionText, type JsonValue } from '@keelson/api-machinery';
import type { ApplyWrite } from '../apply-fields.ts';
import type { JsonObject } from '../json-value.ts';
import { deduced, type Field, type Schema } from '../schema.ts';
import type { Random } from '@keelson/storage-backend/testing';

const text: Schema = { scalar: 'string' };
const number: Schema = { scalar: 'number' };

function struct(fields: Readonly<Record<string, Schema | Field>>, atomic = false): Schema {
  const all = Object.entries(fields).map(
    ([name, field]) => [name, 'schema' in field ? field : { schema: field }] as const,
  );
  return { map: { atomic, fields: new Map(all) } };
}

const mapOf = (others: Schema, atomic = false): Schema => ({
  map: { atomic, fields: new Map(), others },
});
const set: Schema = { list: { relation: 'set', keys: [], items: text } };
const atomicList: Schema = { list: { relation: 'atomic', keys: [], items: text } };
const port = struct({
  port: number,
  protocol: { schema: text, default: 'TCP' },
  name: text,
});
const ports: Schema = { list: { relation: 'map', keys: ['port', 'protocol'], items: port } };
const part = struct({ name: text, image: text, args: atomicList, ports });

export const thingSchema: Schema = struct({
  kind: text,
  apiVersion: text,
  metadata: struct({ name: text, labels: mapOf(text), finalizers: set, managedFields: deduced }),
  data: mapOf(text),
  selector: mapOf(text, true),
  tags: set,
  parts: { list: { relation: 'map', keys: ['name'], items: part } },
  anything: deduced,
});

const kind = { group: 'example.com', version: 'v1', kind: 'Thing' };

export function aThing(content: JsonObject = {}): JsonObject {
  const { metadata, ...rest } = content;
  return {
    kind: kind.kind,
    apiVersion: groupVersionText(kind),
    metadata: { name: 't', ...(metadata as JsonObject | undefined) },
    ...rest,
  };
}

export function aWrite(manager: string, more: Partial<ApplyWrite> = {}): ApplyWrite {
  return {
    manager,
    subresource: '',
    time: '2026-01-02T03:04:05Z',
    kind,
    schema: thingSchema,
    empty: {},
    force: false,
    ...more,
  };
}

const names = ['a', 'b', 'c', 'd'] as const;

/** A random object of a few names and values, so that objects often say the same. */
export function aRandomThing(random: Random): JsonObject {
  const content: JsonObject = {};
  const maybe = (name: string, make: () => JsonValue) => {
    if (random.chance(50)) content[name] = make();
  };
  maybe('metadata', () => ({ labels: randomMap(random), finalizers: randomSet(random) }));
  maybe('data', () => randomMap(random));
  maybe('selector', () => randomMap(random));
  maybe('tags', () => randomSet(random));
  maybe('parts', () => randomSet(random).map((name) => randomPart(random, name)));
  maybe('anything', () => ({ deep: randomMap(random), list: randomSet(random) }));
  return aThing(content);
}

const randomSet = (random: Random): string[] => [
  ...new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick(names))),
];

const randomMap = (random: Random): JsonObject =>
  Object.fromEntries(randomSet(random).map((name) => [name, String(random.below(2))]));

function randomPart(random: Random, name: string): JsonObject {
  const numbers = [...new Set([80 + random.below(2), 80 + random.below(2)])];
  return {
    name,
    ...(random.chance(50) ? { image: String(random.below(2)) } : {}),
    ...(random.chance(33) ? { args: randomSet(random) } : {}),
    ...(random.chance(50)
      ? { ports: numbers.map((value) => ({ port: value, name: random.pick(names) })) }
      : {}),
  };
}
