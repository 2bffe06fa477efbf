import { compareQuantity, semanticEqual } from '@keelson/api-machinery';
import { fieldValue, internalFields, zeroOf } from './internal-fields.ts';

/**
 * Whether two objects are the same to Go: what is absent is what is zero or empty, and quantities are equal by what they
 * amount to. `type` is that of the internal types. Behaviour: api/equality Semantic.DeepEqual, v1.37.
 */
export function sameInGo(a: unknown, b: unknown, type: string): boolean {
  if (a === b) return true;
  if (type.startsWith('*'))
    return isAbsent(a) || isAbsent(b) ? isAbsent(a) && isAbsent(b) : sameInGo(a, b, type.slice(1));
  if (type.startsWith('[]')) return sameLists(listOf(a), listOf(b), type.slice(2));
  if (type.startsWith('{}')) return sameMaps(mapOf(a), mapOf(b), type.slice(2));
  const fields = internalFields(type);
  if (fields !== undefined)
    return fields.every((field) =>
      sameInGo(fieldValue(a, field), fieldValue(b, field), field.type),
    );
  const [one, other] = [a ?? zeroOf(type), b ?? zeroOf(type)];
  return type === 'quantity'
    ? compareQuantity(String(one), String(other)) === 0
    : semanticEqual(one, other);
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const mapOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(value ?? {}));

function sameLists(a: readonly unknown[], b: readonly unknown[], type: string): boolean {
  return a.length === b.length && a.every((item, index) => sameInGo(item, b[index], type));
}

function sameMaps(
  a: ReadonlyMap<string, unknown>,
  b: ReadonlyMap<string, unknown>,
  type: string,
): boolean {
  return (
    a.size === b.size &&
    [...a].every(([key, item]) => b.has(key) && sameInGo(item, b.get(key), type))
  );
}
