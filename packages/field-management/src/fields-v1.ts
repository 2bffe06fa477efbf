import { jsonText, type FieldsV1, type JsonValue } from '@keelson/api-machinery';
import { sortedSteps, type FieldSet } from './field-set.ts';
import { childOf, endAt, fieldSetBuilder, type FieldSetBuilder } from './path-set.ts';
import { shareFields, sharedFields, type SharedFields } from './shared-fields.ts';
import { readStep } from './step.ts';

// A stored object's entries are shared and never change, so what they say is read once.
const known = new WeakMap<FieldsV1, FieldSet>();
const encodings = new WeakMap<FieldSet, FieldsV1>();

/** Reads the encoding of `metadata.managedFields`; undefined for what is none. The value must not change afterwards. */
export function parseFieldSet(fields: FieldsV1): FieldSet | undefined {
  const found = known.get(fields) ?? sharedFields(jsonText(fields))?.set;
  if (found !== undefined) return found;
  const set = fieldSetBuilder();
  if (!fill(set, fields)) return undefined;
  known.set(fields, set);
  return set;
}

/** Whether it could be read. */
function fill(set: FieldSetBuilder, fields: JsonValue): boolean {
  if (fields === null) return true;
  if (typeof fields !== 'object' || Array.isArray(fields)) return false;
  for (const text of Object.keys(fields)) {
    const step = text === '.' ? null : readStep(text);
    if (step === undefined) return false;
    if (step === null) continue;
    const content = fields[text] ?? null;
    // A node without steps below it is a path's end; so is one that says so.
    if (isEmptyMap(content)) endAt(set, step);
    else {
      const child = childOf(set, step);
      if (!fill(child, content)) return false;
      if (child.children.size === 0 || hasDot(content)) endAt(set, step);
    }
  }
  return true;
}

function isEmptyMap(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const _ in value) return false;
  return true;
}

const hasDot = (fields: JsonValue): boolean =>
  typeof fields === 'object' && fields !== null && Object.hasOwn(fields, '.');

/** Writes the encoding, steps in the order in which Kubernetes writes them. The result is shared and must not be changed. */
export function encodeFieldSet(set: FieldSet): FieldsV1 {
  const encoded = encodings.get(set);
  if (encoded !== undefined) return encoded;
  const walk = walkOf(set);
  const alike = sharedFields(walk);
  if (alike !== undefined) return alike.fields;
  const shared = encodeShared(set);
  shareFields(walk, shared);
  return shared.fields;
}

function encodeShared(set: FieldSet): SharedFields {
  const fields = encodeNode(set);
  const text = jsonText(fields);
  const same = sharedFields(text);
  if (same !== undefined) return same;
  known.set(fields, set);
  encodings.set(set, fields);
  const shared = { set, fields };
  shareFields(text, shared);
  return shared;
}

/** A set as it was made, step by step: what was made alike need not be sorted to be known again. Lengths keep steps apart. */
function walkOf({ children }: FieldSet): string {
  let walk = '(';
  children.forEach((child, step) => {
    walk += step.length;
    walk += child.member ? '.' : ',';
    walk += step;
    if (child.children.size > 0) walk += walkOf(child);
  });
  return `${walk})`;
}

/** Takes fields that were parsed for the encoding of their set: they are as they would be written. */
export function rememberEncoding(fields: FieldsV1): void {
  const set = known.get(fields);
  if (set === undefined || encodings.has(set)) return;
  encodings.set(set, fields);
  shareFields(jsonText(fields), { set, fields });
}

function encodeNode(set: FieldSet): FieldsV1 {
  const fields: FieldsV1 = {};
  if (set.member && set.children.size > 0) fields['.'] = {};
  for (const step of sortedSteps(set)) {
    const child = set.children.get(step);
    if (child !== undefined) fields[step] = encodeNode(child);
  }
  return fields;
}
