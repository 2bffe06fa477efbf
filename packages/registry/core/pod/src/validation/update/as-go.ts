import { internalTypes } from '../../gen/internal-types.ts';

interface Field {
  /** The name in Go; absent when the field's own fields stand in its place. */
  readonly name?: string;
  readonly json: string;
  readonly type: string;
}

const parsed = new Map<string, readonly Field[]>();

/** Sees an object as Go encodes its internal type: every field, by its name in Go. Several messages show that. */
export function asGo(value: unknown, type: string): unknown {
  if (type.startsWith('*')) return value === undefined || value === null ? null : asGo(value, type.slice(1));
  if (type.startsWith('[]')) return Array.isArray(value) ? value.map((item) => asGo(item, type.slice(2))) : null;
  if (type.startsWith('{}')) return mapAsGo(value, type.slice(2));
  if (type in internalTypes) return structAsGo(value, type);
  return value ?? zeroOf(type);
}

function zeroOf(type: string): unknown {
  const zero: Readonly<Record<string, unknown>> = { string: '', bool: false, int: 0, quantity: '0' };
  return zero[type] ?? {};
}

function mapAsGo(value: unknown, type: string): unknown {
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, asGo(item, type)]));
}

function structAsGo(value: unknown, type: string): object {
  const result: Record<string, unknown> = {};
  for (const field of fieldsOf(type)) {
    if (field.name !== undefined) result[field.name] = asGo(member(value, field.json), field.type);
    // The metadata of a claim's template is its own field in JSON, and embedded in Go.
    else if (field.type === 'ObjectMeta') Object.assign(result, member(value, 'metadata'));
    else Object.assign(result, asGo(value, field.type));
  }
  return result;
}

const member = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined);

function fieldsOf(type: string): readonly Field[] {
  const known = parsed.get(type);
  if (known !== undefined) return known;
  const fields = (internalTypes[type] ?? '').split(' ').map(parseField);
  parsed.set(type, fields);
  return fields;
}

function parseField(text: string): Field {
  if (text.startsWith('...')) return { json: '', type: text.slice(3) };
  const [, name = '', json = lowerStart(name), type = ''] = /^(\w+)(?:=(\w+))?:(.*)$/.exec(text) ?? [];
  return { name, json, type };
}

/** `HostIP` is `hostIP`, `FSType` is `fsType`, `IP` is `ip`. */
function lowerStart(name: string): string {
  return name.replace(/^([A-Z]+(?=[A-Z][a-z])|[A-Z]+$|[A-Z])/, (start) => start.toLowerCase());
}
