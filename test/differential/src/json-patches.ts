// Random JSON patches: of what is there and what is not, of right and wrong types, of what clients write and what they do not.

import type { JsonValue } from '@keelson/api-machinery';
import type { Random } from '@keelson/storage-backend/testing';
import { oddValue } from './odd-values.ts';
import { pointersIn, valueOf } from './pointers.ts';

/** Some operations; most of them can be done. */
export function randomJsonPatch(random: Random, content: JsonValue, live: JsonValue): JsonValue {
  const known = pointersIn(live).filter((pointer) => !isInOneOfMany(pointer, live));
  const said = pointersIn(content);
  const length = 1 + random.below(3);
  return Array.from({ length }, () => randomOperation(random, { content, live, known, said }));
}

/** Managers of one second stand in any order: an index leads to one of them on one server, and to another one on the other. */
const isInOneOfMany = (pointer: string, live: JsonValue): boolean =>
  pointer.startsWith('/metadata/managedFields/') &&
  valueOf(live, '/metadata/managedFields/1') !== undefined;

interface Subject {
  readonly content: JsonValue;
  readonly live: JsonValue;
  /** Where the object has something. */
  readonly known: readonly string[];
  /** Where there might be something. */
  readonly said: readonly string[];
}

const operations = ['add', 'add', 'replace', 'replace', 'remove', 'test', 'move', 'copy'] as const;

function randomOperation(random: Random, subject: Subject): JsonValue {
  const op = random.pick(operations);
  const path = randomPointer(random, subject);
  if (op === 'remove') return { op, path };
  if (op === 'move' || op === 'copy') return { op, from: source(random, subject), path };
  const value = valueFor(random, subject, path);
  return { op: op === 'test' && escaped.test(JSON.stringify(value)) ? 'add' : op, path, value };
}

/** What Go escapes, and JavaScript does not: kube-apiserver's tests compare how texts are written. */
const escaped = /[<>&\u2028]/;

function randomPointer(random: Random, { known, said }: Subject): string {
  const pointer = random.pick(random.chance(50) && said.length > 0 ? said : known);
  if (random.chance(85)) return pointer;
  return random.pick([
    `${pointer}/-`,
    `${pointer}/0`,
    `${pointer}/x`,
    pointer.replace(/\/[^/]*$/, '/-'),
    pointer.replace(/\/[^/]*$/, '/surprise'),
    withoutSlash(pointer),
    '',
    '/',
    ...identity,
  ]);
}

/** What stands before the first slash does not count. What would be metadata's stays there: beside it, and without a version, it is upstream's internal type's. */
const withoutSlash = (pointer: string): string =>
  pointer.startsWith('/metadata') ? pointer : pointer.slice(1);

const identity = [
  '/apiVersion',
  '/kind',
  '/metadata',
  '/metadata/name',
  '/metadata/namespace',
] as const;

/** What both servers have the same. */
function source(random: Random, { known, live }: Subject): string {
  const same = known.filter((pointer) => !isOwn(pointer, live));
  return random.chance(95) ? random.pick(same) : '/metadata/nothing';
}

function valueFor(random: Random, { content, live }: Subject, path: string): JsonValue {
  if (random.chance(20)) return oddValue(random);
  const value = valueOf(random.chance(80) || isOwn(path, live) ? content : live, path);
  return value ?? oddValue(random);
}

/** Whether each server has something else there. */
const isOwn = (pointer: string, live: JsonValue): boolean =>
  own.test(pointer) || own.test(JSON.stringify(valueOf(live, pointer) ?? null));
const own = /managedFields|uid"?$|"uid"|resourceVersion|Timestamp|odePort|clusterIP/;
