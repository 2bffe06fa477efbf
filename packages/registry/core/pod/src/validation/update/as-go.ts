import { fieldValue, internalFields, zeroOf } from './internal-fields.ts';

/** Sees an object as Go encodes its internal type: every field, by its name in Go. Several messages show that. */
export function asGo(value: unknown, type: string): unknown {
  if (type.startsWith('*'))
    return value === undefined || value === null ? null : asGo(value, type.slice(1));
  if (type.startsWith('[]'))
    return Array.isArray(value) ? value.map((item) => asGo(item, type.slice(2))) : null;
  if (type.startsWith('{}')) return mapAsGo(value, type.slice(2));
  if (internalFields(type) !== undefined) return structAsGo(value, type);
  return value === undefined || value === null ? zeroOf(type) : withoutEmpty(value);
}

/** What is encoded as clients write it has no fields that are empty. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => !isEmpty(field));
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutEmpty(field)]));
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Lists without items are not stored. */
export function asStored<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => asStored<unknown>(item)) as T;
  const fields = Object.entries(value).filter(
    ([, field]) => !Array.isArray(field) || field.length > 0,
  );
  return Object.fromEntries(fields.map(([name, field]) => [name, asStored<unknown>(field)])) as T;
}

function mapAsGo(value: unknown, type: string): unknown {
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, asGo(item, type)]));
}

function structAsGo(value: unknown, type: string): object {
  const result: Record<string, unknown> = {};
  for (const field of internalFields(type) ?? []) {
    const own = asGo(fieldValue(value, field), field.type);
    if (field.name === undefined) Object.assign(result, own);
    else result[field.name] = own;
  }
  return result;
}
