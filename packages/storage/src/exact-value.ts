import type { FieldSelector, LabelSelectorMatcher } from '@keelson/api-machinery';
import type { Selection } from './object-storage.ts';
import type { Attributes } from './snapshot.ts';

/** A label or field and the one value of it that a selection lets through. */
export interface ExactValue {
  readonly type: 'field' | 'label';
  readonly name: string;
  readonly value: string;
}

/** The exact value that tells most of a selection: one of the fields named for it, another field, a label; `undefined` when there is none. */
export function exactValueOf(
  selection: Selection | undefined,
  indexedFields: readonly string[],
): ExactValue | undefined {
  return exactField(selection?.fields, indexedFields) ?? exactLabel(selection?.labels);
}

/** Not the namespace: the prefix covers it. */
function exactField(
  fields: FieldSelector | undefined,
  indexedFields: readonly string[],
): ExactValue | undefined {
  for (const name of indexedFields) {
    const value = fields?.exactValue(name);
    if (value !== undefined) return { type: 'field', name, value };
  }
  const other = fields?.requirements.find(
    ({ equal, field }) => equal && field !== 'metadata.namespace',
  );
  return other && { type: 'field', name: other.field, value: other.value };
}

function exactLabel(labels: LabelSelectorMatcher | undefined): ExactValue | undefined {
  for (const { key } of labels?.requirements ?? []) {
    const value = labels?.exactValue(key);
    if (value !== undefined) return { type: 'label', name: key, value };
  }
  return undefined;
}

/** Reads a label, `undefined` when it is not there, or a field: one that is not there is the empty string, as selectors see it. */
export function attributeReader({
  type,
  name,
}: Pick<ExactValue, 'type' | 'name'>): (attributes: Attributes) => string | undefined {
  return type === 'field'
    ? ({ fields }) => fields[name] ?? ''
    : ({ labels }) => (Object.hasOwn(labels, name) ? labels[name] : undefined);
}
