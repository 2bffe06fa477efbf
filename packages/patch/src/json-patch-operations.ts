// The operations of JSON patches. Upstream is lenient: indices may be negative, what is missing can be replaced, and what stands
// before a path's first slash does not count. Behaviour: github.com/evanphx/json-patch v4.

import { jsonText, type JsonValue } from '@keelson/api-machinery';
import { checkDepth, copyOf, fieldOf, isObject, setField, type JsonObject } from './json-object.ts';
import { open, openAll, written } from './opened.ts';
import { PatchError } from './patch-error.ts';
import { sameJson } from './same-json.ts';

/** How many bytes copies may add up to. Behaviour: apiserver JSONPatchMaxCopyBytes. */
const copyLimit = 3 * 1024 * 1024;

/** What a patch works on. */
export interface PatchState {
  root: JsonValue;
  /** The bytes that were copied so far. */
  copied: number;
  /** What operations have gone through. */
  readonly opened: Set<object>;
}

type Container = JsonObject | JsonValue[];
type Operate = (state: PatchState, operation: JsonObject, value: JsonValue | undefined) => void;

const operations: ReadonlyMap<JsonValue | undefined, Operate> = new Map<JsonValue, Operate>([
  ['add', add],
  ['remove', remove],
  ['replace', replace],
  ['move', move],
  ['copy', copy],
  ['test', test],
]);

/** Does one operation. Throws PatchError 422 for one that cannot be done. */
export const operate: Operate = (state, operation, value) => {
  const kind = fieldOf(operation, 'op');
  const run = operations.get(kind);
  if (run === undefined)
    throw misfit(`Unexpected kind: ${typeof kind === 'string' ? kind : 'unknown'}`);
  run(state, operation, value === undefined ? undefined : copyOf(value));
};

const misfit = (why: string): PatchError => new PatchError(422, why);

function add(state: PatchState, operation: JsonObject, value: JsonValue = null): void {
  const { container, key } = place(state, operation, 'path');
  addTo(container, key, value);
}

function remove(state: PatchState, operation: JsonObject): void {
  const { container, key } = place(state, operation, 'path');
  removeFrom(container, key);
}

function replace(state: PatchState, operation: JsonObject, value: JsonValue = null): void {
  if (pathOf(operation, 'path') === '') {
    if (typeof value !== 'object' || value === null)
      throw misfit('replace operation value must be object or array');
    state.root = value;
    return;
  }
  const { container, key } = place(state, operation, 'path');
  if (Array.isArray(container)) container[existing(container, key)] = value;
  else setField(container, key, value);
}

function move(state: PatchState, operation: JsonObject): void {
  const from = place(state, operation, 'from');
  const value = valueAt(from.container, from.key);
  removeFrom(from.container, from.key);
  const { container, key } = place(state, operation, 'path');
  addTo(container, key, value);
}

function copy(state: PatchState, operation: JsonObject): void {
  const from = place(state, operation, 'from');
  const value = valueAt(from.container, from.key);
  const { container, key } = place(state, operation, 'path');
  checkDepth(value);
  state.copied += value === null ? 0 : Buffer.byteLength(jsonText(value));
  if (state.copied > copyLimit)
    throw misfit(
      `Unable to complete the copy, the accumulated size increase of copy is ${state.copied}, exceeding the limit ${copyLimit}`,
    );
  addTo(container, key, written(value, state.opened));
}

function test(state: PatchState, operation: JsonObject, value: JsonValue = null): void {
  const path = pathOf(operation, 'path');
  const found = path === '' ? state.root : valueIn(place(state, operation, 'path'));
  if (!sameJson(found, value)) throw misfit(`testing value ${path} failed: test failed`);
  openAll(state.opened, found);
}

function pathOf(operation: JsonObject, name: 'path' | 'from'): string {
  const path = fieldOf(operation, name);
  if (typeof path !== 'string') throw misfit(`operation missing ${name} field: missing value`);
  return path;
}

interface Place {
  readonly container: Container;
  readonly key: string;
}

/** Where a pointer leads: what holds the last of its steps. */
function place(state: PatchState, operation: JsonObject, name: 'path' | 'from'): Place {
  const path = pathOf(operation, name);
  const [, ...steps] = path.split('/').map(unescaped);
  const key = steps.pop();
  let container: JsonValue = state.root;
  for (const step of steps) {
    if (typeof container !== 'object' || container === null) break;
    container = valueAt(container, step);
    open(state.opened, container);
  }
  if (key === undefined || typeof container !== 'object' || container === null)
    throw misfit(`the document is missing the path: ${path}`);
  return { container, key };
}

const unescaped = (step: string): string =>
  step.replace(/~[01]/g, (text) => (text === '~1' ? '/' : '~'));

/** Null where an object has nothing; throws where a list ends before. */
function valueAt(container: Container, key: string): JsonValue {
  if (!Array.isArray(container)) return fieldOf(container, key) ?? null;
  return container[existing(container, key)] ?? null;
}

const valueIn = ({ container, key }: Place): JsonValue => valueAt(container, key);

function addTo(container: Container, key: string, value: JsonValue): void {
  if (isObject(container)) setField(container, key, value);
  else if (key === '-') container.push(value);
  else container.splice(indexBelow(container.length + 1, key), 0, value);
}

function removeFrom(container: Container, key: string): void {
  if (Array.isArray(container)) container.splice(existing(container, key), 1);
  else if (Object.hasOwn(container, key)) delete container[key];
  else throw misfit(`Unable to remove nonexistent key: ${key}: missing value`);
}

const existing = (list: readonly JsonValue[], key: string): number => indexBelow(list.length, key);

/** A list's index, which may count from the end. */
function indexBelow(limit: number, key: string): number {
  const index = /^[+-]?\d{1,15}$/.test(key) ? Number(key) : Number.NaN;
  const found = index < 0 ? index + limit : index;
  if (found >= 0 && found < limit) return found;
  throw misfit(`Unable to access invalid index: ${key}: invalid index referenced`);
}
