import schema from './gen/schema.json' with { type: 'json' };
import unlisted from './gen/unlisted.json' with { type: 'json' };
import type { TypeSchema } from './type-schema.ts';

export type Stored = Readonly<Record<string, Omit<TypeSchema, 'id' | 'name'>>>;

// The files are generated together with the types that describe them.
const stored: Record<string, Stored[string]> = {
  ...(schema as unknown as Stored),
  ...(unlisted as unknown as Stored),
};
const known = new Map<string, TypeSchema>();
let kinds: ReadonlyMap<string, string> | undefined;

/** The schema of a type by its id, e.g. `core/v1.Pod`. Throws for an id that is none: ids are written in code, not by clients. */
export function schemaOf(id: string): TypeSchema {
  const found = known.get(id);
  if (found !== undefined) return found;
  const fields = Object.hasOwn(stored, id) ? stored[id] : undefined;
  if (fields === undefined) throw new Error(`no type ${id}`);
  const made = { ...fields, id, name: id.slice(id.lastIndexOf('.') + 1) };
  known.set(id, made);
  return made;
}

/** The ids of all types, sorted. */
export function typeIds(): readonly string[] {
  return Object.keys(stored);
}

/** The schema of a kind; undefined for one that is not built in. */
export function kindSchema(kind: {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}): TypeSchema | undefined {
  kinds ??= new Map(
    Object.entries(stored).flatMap(([id, { gvk }]) =>
      (gvk?.length === 1 ? gvk : []).map((one) => [`${one.group}/${one.version}/${one.kind}`, id]),
    ),
  );
  const id = kinds.get(`${kind.group}/${kind.version}/${kind.kind}`);
  return id === undefined ? undefined : schemaOf(id);
}

/** Adds types to the known ones. */
export function addTypes(types: Stored): void {
  Object.assign(stored, types);
  kinds = undefined;
}
