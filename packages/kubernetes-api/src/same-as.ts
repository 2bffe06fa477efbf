import { compareQuantity, semanticEqual } from '@keelson/api-machinery';
import { schemaOf } from './schemas.ts';
import type { FieldSchema, FieldType } from './type-schema.ts';

/**
 * Whether two values of a type are the same to Go: absent is what is empty or zero, unless a pointer tells them apart, and
 * quantities are equal by what they amount to: `sameAs('apps/v1.DeploymentSpec', spec, old.spec)`.
 * Behaviour: k8s.io/apimachinery api/equality Semantic.DeepEqual.
 */
export function sameAs(typeId: string, a: unknown, b: unknown): boolean {
  return a === b || schemaOf(typeId).fields.every((field) => sameField(field, a, b));
}

function sameField({ name, type, pointer }: FieldSchema, a: unknown, b: unknown): boolean {
  const [one, other] = [valueAt(a, name), valueAt(b, name)];
  if (one === other) return true;
  const isOneMissing = one === undefined || other === undefined;
  return isOneMissing && pointer === true ? false : sameValue(type, one, other);
}

/** Null is absent. */
function valueAt(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name))
    return undefined;
  return Reflect.get(object, name) ?? undefined;
}

function sameValue(type: FieldType, a: unknown, b: unknown): boolean {
  if (typeof type === 'string') return sameScalar(type, a, b);
  if ('ref' in type) return sameAs(type.ref, a, b);
  return 'list' in type ? sameLists(type.list, a, b) : sameMaps(type.map, a, b);
}

function sameLists(type: FieldType, a: unknown = [], b: unknown = []): boolean {
  return (
    Array.isArray(a) &&
    Array.isArray(b) &&
    a.length === b.length &&
    a.every((item, index) => sameValue(type, item, b[index]))
  );
}

function sameMaps(type: FieldType, a: unknown, b: unknown): boolean {
  const [keys, others] = [Object.keys(a ?? {}), Object.keys(b ?? {})];
  const has = (key: string) => typeof b === 'object' && b !== null && Object.hasOwn(b, key);
  return (
    keys.length === others.length &&
    keys.every((key) => has(key) && sameValue(type, valueAt(a, key), valueAt(b, key)))
  );
}

/** What Go has where nothing was said. */
const zeros: Readonly<Record<string, unknown>> = {
  string: '',
  bytes: '',
  boolean: false,
  int32: 0,
  int64: 0,
  double: 0,
  quantity: '0',
  intorstring: 0,
};

function sameScalar(type: string, a: unknown, b: unknown): boolean {
  const [one, other] = [a ?? zeros[type], b ?? zeros[type]];
  if (type === 'quantity') return compareQuantity(String(one), String(other)) === 0;
  return one === other || semanticEqual(one, other);
}
