import type { ListSchema, Schema } from './schema.ts';

const known = new WeakMap<ListSchema, boolean>();

/**
 * Whether every item of such a list of a decoded object surely has a name, and every item of the lists inside: they have a key
 * that is always there, or that has a default. Two such lists that are the same have nothing that could be wrong.
 */
export function namesAll(list: ListSchema): boolean {
  const found = known.get(list);
  if (found !== undefined) return found;
  const names = hasNames(list) && allNamed(list.items, new Set());
  known.set(list, names);
  return names;
}

function hasNames({ relation, keys, items }: ListSchema): boolean {
  if (relation !== 'map') return true;
  return keys.some((key) => {
    const field = items.map?.fields.get(key);
    return field?.always === true || field?.default !== undefined;
  });
}

const knownSchemas = new WeakMap<Schema, boolean>();

/** Whether every item of every list in such a decoded object surely has a name. */
export function namesEverything(schema: Schema): boolean {
  const found = knownSchemas.get(schema);
  if (found !== undefined) return found;
  const names = allNamed(schema, new Set());
  knownSchemas.set(schema, names);
  return names;
}

/** `seen`: types may contain themselves. */
function allNamed(schema: Schema, seen: Set<Schema>): boolean {
  if (seen.has(schema)) return true;
  seen.add(schema);
  const { map, list } = schema;
  if (list !== undefined && !(hasNames(list) && allNamed(list.items, seen))) return false;
  const fields = [...(map?.fields.values() ?? [])];
  return (
    fields.every((field) => allNamed(field.schema, seen)) &&
    (map?.others === undefined || allNamed(map.others, seen))
  );
}
