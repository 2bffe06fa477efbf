import type { TypeSchema } from '@keelson/kubernetes-api';
import { normalize } from '@keelson/serialization';

const made = new Map<string, object>();

/** The object of a type that nothing was said of, with the fields that Go always writes. Shared: read only. */
export function emptyObject(schema: TypeSchema): object {
  const known = made.get(schema.id);
  if (known !== undefined) return known;
  const empty = Object(normalize({}, schema));
  made.set(schema.id, empty);
  return empty;
}
