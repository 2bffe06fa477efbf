// What all random requests are made of.

import type { JsonValue } from '@keelson/api-machinery';
import type { Random } from '@keelson/storage-backend/testing';
import { isObject, type JsonObject } from './json.ts';
import { pathOf, type Kind } from './kinds.ts';
import { atTimesOdd } from './odd-values.ts';
import type { Request } from './server.ts';

/** An object that is written again and again. */
export interface Subject {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
}

/** A request, made from what one server has. Both get the same unless what they have is in it. */
export type Step = (live: JsonValue) => Request;

/** Makes a step; `live` is what the first server has. */
export type Maker = (random: Random, subject: Subject, live: JsonValue) => Step;

export const mediaTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

export const managers = ['one', 'two', 'three', 'kubectl', 'kubectl-client-side-apply'] as const;

/** The options of a write. */
export function query(random: Random, kind: 'write' | 'apply' = 'write'): string {
  const options: string[] = [];
  if (random.chance(1)) options.push(`fieldManager=${random.pick(['a%07', 'x'.repeat(129)])}`);
  else if (!random.chance(kind === 'apply' ? 1 : 10))
    options.push(`fieldManager=${random.pick(managers)}`);
  if (random.chance(8)) options.push('dryRun=All');
  if (random.chance(25))
    options.push(`fieldValidation=${random.pick(['Strict', 'Strict', 'Warn', 'Ignore', 'Odd'])}`);
  if (random.chance(kind === 'apply' ? 50 : 1)) options.push('force=true');
  else if (random.chance(5)) options.push('force=false');
  return `?${options.join('&')}`;
}

export const objectOf = ({ kind, name }: Subject, content: JsonObject): JsonObject => ({
  apiVersion: kind.apiVersion,
  kind: kind.kind,
  ...content,
  metadata: isObject(content['metadata'] ?? {})
    ? { ...(content['metadata'] as JsonObject | undefined), name }
    : (content['metadata'] ?? null),
});

export const pathTo = ({ kind, namespace, name }: Subject, sub = ''): string =>
  `${pathOf(kind, namespace, name)}${sub}`;

/** Some of what may be said of a subject. */
export const partly = (random: Random, { kind }: Subject): JsonObject =>
  atTimesOdd(random, kind.content(random));

/** The same with all that has to be said. */
export const wholly = (random: Random, { kind }: Subject): JsonObject =>
  atTimesOdd(random, together(kind.content(random), kind.required));

/** Both at once, the second one where they meet; lists as wholes. */
function together(a: JsonObject, b: JsonObject): JsonObject {
  const both: JsonObject = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const own = both[key];
    both[key] = isObject(own) && isObject(value) ? together(own, value) : value;
  }
  return both;
}
