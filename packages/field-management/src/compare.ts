import { semanticEqual } from '@keelson/api-machinery';
import {
  schemaOf,
  type FieldSchema,
  type FieldType,
  type TypeSchema,
} from '@keelson/kubernetes-api';
import { childOf, emptySet, isEmptySet, type FieldSet } from './field-set.ts';

/** What differs between two states of an object. */
export interface Comparison {
  /** Paths that are new or hold something else. */
  readonly changed: FieldSet;
  /** Paths that are gone. */
  readonly removed: FieldSet;
}

type Values = Readonly<Record<string, unknown>>;

/** Fields of the server's own, which nobody manages. Behaviour: managedfields stripmeta. */
const unmanagedMetadata = new Set([
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'clusterName',
  'generation',
  'managedFields',
  'resourceVersion',
]);

/**
 * Compares two states of an object of a type, list items by their keys. Both must be decoded objects: with the fields that
 * Go always writes. Behaviour: sigs.k8s.io/structured-merge-diff typed.Compare.
 */
export function compareObjects(before: object, after: object, schema: TypeSchema): Comparison {
  const found: Comparison = { changed: emptySet(), removed: emptySet() };
  for (const field of schema.fields) {
    if (field.name === 'kind' || field.name === 'apiVersion') continue;
    const [a, b] = [valueOf(before, field.name), valueOf(after, field.name)];
    if (field.name === 'metadata') compareMetadata((a ?? {}) as Values, (b ?? {}) as Values, found);
    else compareField(field, a, b, found);
  }
  return found;
}

const valueOf = (object: object, name: string): unknown => Reflect.get(object, name);

function compareMetadata(before: Values, after: Values, found: Comparison): void {
  const inner: Comparison = { changed: emptySet(), removed: emptySet() };
  for (const field of schemaOf('meta/v1.ObjectMeta').fields) {
    if (!unmanagedMetadata.has(field.name))
      compareField(field, before[field.name], after[field.name], inner);
  }
  attach(found, 'f:metadata', inner);
}

/** Hangs what was found below a step, when there is something. */
function attach(found: Comparison, step: string, { changed, removed }: Comparison): void {
  if (!isEmptySet(changed)) found.changed.children.set(step, changed);
  if (!isEmptySet(removed)) found.removed.children.set(step, removed);
}

function compareField(
  field: FieldSchema,
  before: unknown,
  after: unknown,
  found: Comparison,
): void {
  if (before === after) return;
  const [a, b] = [writtenOf(field, before), writtenOf(field, after)];
  if (a === undefined && b === undefined) return;
  compareValue({ type: field.type, field }, a, b, found, `f:${field.name}`);
}

/** A list or map without content is absent, unless Go writes it all the same. */
function writtenOf({ type, always }: FieldSchema, value: unknown): unknown {
  if (always !== undefined || typeof type === 'string' || 'ref' in type) return value;
  const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return empty ? undefined : value;
}

interface Position {
  readonly type: FieldType;
  /** The field that the value stands in; its list and map types count. Absent for items. */
  readonly field?: FieldSchema;
}

/** Compares what stands at one step. `undefined` is absent; null is a value that is there and empty. */
function compareValue(
  position: Position,
  before: unknown,
  after: unknown,
  found: Comparison,
  step: string,
): void {
  if (isAtomic(position)) {
    if (isChanged(position, before, after)) childOf(found.changed, step).member = true;
    if (before !== undefined && after === undefined) childOf(found.removed, step).member = true;
    return;
  }
  const inner: Comparison = { changed: emptySet(), removed: emptySet() };
  if (before === undefined) inner.changed.member = true;
  if (after === undefined) inner.removed.member = true;
  compareInside(position, before ?? undefined, after ?? undefined, inner);
  attach(found, step, inner);
}

/** An empty time that comes with its struct is set; other empty values are not. */
function isChanged({ type }: Position, before: unknown, after: unknown): boolean {
  if (after === undefined) return false;
  if (after === null && before === undefined) return typeof type === 'string';
  return before === undefined || before === null ? after !== null : !semanticEqual(before, after);
}

/** Whether a value is owned as one: scalars, and lists, maps and structs that say so. */
function isAtomic({ type, field }: Position): boolean {
  if (typeof type === 'string') return true;
  if ('list' in type)
    return field === undefined || (field.listType !== 'map' && field.listType !== 'set');
  if (field?.mapType === 'atomic') return true;
  return 'ref' in type && schemaOf(type.ref).mapType === 'atomic';
}

function compareInside(
  position: Position,
  before: unknown,
  after: unknown,
  found: Comparison,
): void {
  const { type, field } = position;
  if (typeof type === 'string') return;
  if ('ref' in type)
    compareStruct(
      schemaOf(type.ref),
      before as Values | undefined,
      after as Values | undefined,
      found,
    );
  else if ('map' in type)
    compareMap(type.map, (before ?? {}) as Values, (after ?? {}) as Values, found);
  else if (field?.listType === 'set')
    compareSetList(
      (before ?? []) as readonly unknown[],
      (after ?? []) as readonly unknown[],
      found,
    );
  else
    compareMapList(
      type.list,
      field?.listMapKeys ?? [],
      (before ?? []) as readonly Values[],
      (after ?? []) as readonly Values[],
      found,
    );
}

function compareStruct(
  schema: TypeSchema,
  before: Values | undefined,
  after: Values | undefined,
  found: Comparison,
): void {
  for (const field of schema.fields)
    compareField(field, fieldOf(before, field), fieldOf(after, field), found);
}

/** What code has made may lack what Go always writes: an empty time. */
function fieldOf(struct: Values | undefined, { name, type, always }: FieldSchema): unknown {
  const value = struct?.[name];
  const isEmpty = struct !== undefined && always !== undefined && typeof type === 'string';
  return value === undefined && isEmpty ? null : value;
}

function compareMap(item: FieldType, before: Values, after: Values, found: Comparison): void {
  for (const key of Object.keys(after)) {
    if (before[key] !== after[key])
      compareValue(
        { type: item },
        Object.hasOwn(before, key) ? before[key] : undefined,
        after[key],
        found,
        `f:${key}`,
      );
  }
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key))
      compareValue({ type: item }, before[key], undefined, found, `f:${key}`);
  }
}

function compareSetList(
  before: readonly unknown[],
  after: readonly unknown[],
  found: Comparison,
): void {
  const [old, fresh] = [new Set(before.map(stepOfValue)), new Set(after.map(stepOfValue))];
  for (const step of fresh) if (!old.has(step)) childOf(found.changed, step).member = true;
  for (const step of old) if (!fresh.has(step)) childOf(found.removed, step).member = true;
}

const stepOfValue = (value: unknown): string => `v:${JSON.stringify(value)}`;

function compareMapList(
  item: FieldType,
  keys: readonly string[],
  before: readonly Values[],
  after: readonly Values[],
  found: Comparison,
): void {
  const defaults = keyDefaults(item, keys);
  const old = byKeys(before, keys, defaults);
  const fresh = byKeys(after, keys, defaults);
  for (const step of new Set([...fresh.keys(), ...old.keys()]))
    compareItems(item, old.get(step) ?? [], fresh.get(step) ?? [], found, step);
}

/** Compares items of the same keys: one on each side, or else all of them as one value. */
function compareItems(
  item: FieldType,
  before: readonly Values[],
  after: readonly Values[],
  found: Comparison,
  step: string,
): void {
  const [wasOne, isOne] = [before.length < 2, after.length < 2];
  if (wasOne && isOne) return compareItem(item, before[0], after[0], found, step);
  if (wasOne !== isOne)
    compareItem(item, wasOne ? before[0] : undefined, isOne ? after[0] : undefined, found, step);
  if (isOne) childOf(found.removed, step).member = true;
  else if (wasOne || !semanticEqual(before, after)) childOf(found.changed, step).member = true;
}

function compareItem(
  type: FieldType,
  before: unknown,
  after: unknown,
  found: Comparison,
  step: string,
): void {
  if (before !== after) compareValue({ type }, before, after, found, step);
}

/** Items by the step that their keys make: `k:{"containerPort":80,"protocol":"TCP"}`. */
function byKeys(
  items: readonly Values[],
  keys: readonly string[],
  defaults: Values,
): ReadonlyMap<string, readonly Values[]> {
  const found = new Map<string, Values[]>();
  for (const item of items) {
    const step = stepOfKeys(item, keys, defaults);
    const known = found.get(step);
    if (known === undefined) found.set(step, [item]);
    else known.push(item);
  }
  return found;
}

function stepOfKeys(item: Values, keys: readonly string[], defaults: Values): string {
  const pairs = keys
    .map((key) => [key, item[key] ?? defaults[key]] as const)
    .filter(([, value]) => value !== undefined);
  return `k:${JSON.stringify(Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1))))}`;
}

/** Keys that an item leaves out have their defaults. */
function keyDefaults(item: FieldType, keys: readonly string[]): Values {
  if (typeof item !== 'object' || !('ref' in item)) return {};
  const { fields } = schemaOf(item.ref);
  return Object.fromEntries(
    keys.map((key) => [key, fields.find(({ name }) => name === key)?.default]),
  );
}
