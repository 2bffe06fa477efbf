import type { JsonValue } from '@keelson/api-machinery';
import { schemaOf, type FieldType } from '@keelson/kubernetes-api';

/**
 * A value with the whole numbers that do not fit their fields as Go makes them fit, by leaving the rest away: what is applied is no JSON
 * by the time that it becomes an object. Behaviour: k8s.io/apimachinery runtime fromUnstructured, v1.37.
 */
export function withGoIntegers(value: JsonValue, type: FieldType): JsonValue {
  if (value === null) return value;
  if (typeof type === 'string')
    return type === 'int32' && typeof value === 'number' && Number.isSafeInteger(value)
      ? Number(BigInt.asIntN(32, BigInt(value)))
      : value;
  if ('list' in type)
    return Array.isArray(value) ? value.map((item) => withGoIntegers(item, type.list)) : value;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const types = 'map' in type ? undefined : fieldTypes(type.ref);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const own = 'map' in type ? type.map : types?.get(name);
      return [name, own === undefined ? member : withGoIntegers(member, own)];
    }),
  );
}

const fieldTypes = (id: string): ReadonlyMap<string, FieldType> =>
  new Map(schemaOf(id).fields.map(({ name, type }) => [name, type]));
