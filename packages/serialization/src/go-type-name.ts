import type { FieldSchema, FieldType } from '@keelson/kubernetes-api';

const scalars: Readonly<Record<string, string>> = {
  bytes: '[]uint8',
  double: 'float64',
  boolean: 'bool',
  time: 'v1.Time',
  microtime: 'v1.MicroTime',
  quantity: 'resource.Quantity',
  intorstring: 'intstr.IntOrString',
  raw: 'runtime.RawExtension',
};

/** Go's name for a type, as its errors write it; `given` is its own name where it has one. */
export function goTypeName(type: FieldType, given?: string): string {
  if (given !== undefined) return given;
  if (typeof type === 'string') return scalars[type] ?? type;
  if ('list' in type) return `[]${goTypeName(type.list)}`;
  if ('map' in type) return `map[string]${goTypeName(type.map)}`;
  return type.ref.slice(type.ref.indexOf('/') + 1);
}

/** The name of what is in a list or a map of a name: `v1.FinalizerName` in `[]v1.FinalizerName`. */
export function goItemName(given: string | undefined): string | undefined {
  const match = given === undefined ? null : /^(?:\[\]|map\[[\w.]+\])(.+)$/.exec(given);
  return match?.[1];
}

/** Go's word for a JSON value. */
export function goWord(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** Go's name of a field, as errors of protobuf say it. */
export const goFieldName = ({ name, goField }: Pick<FieldSchema, 'name' | 'goField'>): string =>
  goField ?? name.charAt(0).toUpperCase() + name.slice(1);
