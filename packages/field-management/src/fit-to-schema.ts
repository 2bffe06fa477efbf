import { leaf, type FieldSet } from './field-set.ts';
import { memberSchema, type Schema } from './schema.ts';
import { ChildrenEdit } from './set-algebra.ts';
import type { Step } from './step.ts';

const fitted = new WeakMap<FieldSet, { readonly schema: Schema; readonly set: FieldSet }>();

/**
 * A set that was made when the type was another one: what has become atomic since is owned as one.
 * Behaviour: structured-merge-diff typed.ReconcileFieldSetWithSchema.
 */
export function fitToSchema(set: FieldSet, schema: Schema): FieldSet {
  const known = fitted.get(set);
  if (known?.schema === schema) return known.set;
  const fit = fitNode(set, schema);
  fitted.set(set, { schema, set: fit });
  return fit;
}

function fitNode(set: FieldSet, schema: Schema): FieldSet {
  if (set.children.size === 0) return set;
  const { map, list } = schema;
  // Whatever has a map's form is taken for a map, as there is no value to tell.
  if (map !== undefined ? map.atomic : list?.relation === 'atomic') return leaf;
  if (map !== undefined && map.fields.size === 0 && map.others?.scalar === 'any') return set;
  const edit = new ChildrenEdit(set);
  for (const [step, child] of set.children) {
    const type = schemaAt(schema, step);
    if (type !== undefined) edit.set(step, fitNode(child, type));
  }
  return edit.result(set.member);
}

/** The type of what stands at a step. */
export function schemaAt({ map, list, scalar }: Schema, step: Step): Schema | undefined {
  if (map !== undefined)
    return step.startsWith('f:') ? memberSchema(map, step.slice(2)) : map.others;
  return scalar === undefined ? (list?.items ?? undefined) : undefined;
}

/** A set with the fields of structs that it has something in. Behaviour: fieldpath.Set EnsureNamedFieldsAreMembers. */
export function withNamedFields(set: FieldSet, schema: Schema): FieldSet {
  const edit = new ChildrenEdit(set);
  for (const [step, child] of set.children) {
    const named = withNamedFields(child, namedSchemaAt(schema, step));
    const isField = step.startsWith('f:') && schema.map?.fields.has(step.slice(2)) === true;
    edit.set(step, isField && !named.member ? { ...named, member: true } : named);
  }
  return edit.result(set.member);
}

function namedSchemaAt({ map, list }: Schema, step: Step): Schema {
  const found = step.startsWith('f:')
    ? map && memberSchema(map, step.slice(2))
    : step.startsWith('k:')
      ? list?.items
      : undefined;
  return found ?? {};
}
