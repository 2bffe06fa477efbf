import { toInt64, type JsonValue } from '@keelson/api-machinery';
import { schemaOf, type FieldType } from '@keelson/kubernetes-api';

/**
 * A value with the whole numbers that do not fit their fields as Go makes them fit: by leaving upper bits away, and what is beyond 64
 * bits is the least number there is. What is applied, or merged strategically, is no JSON by the time that it becomes an object.
 * Behaviour: k8s.io/apimachinery runtime fromUnstructured, v1.37.
 */
export function withGoIntegers(value: JsonValue, type: FieldType): JsonValue {
  if (value === null) return value;
  if (typeof type === 'string') return integerOf(value, type);
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

function integerOf(value: JsonValue, type: FieldType & string): JsonValue {
  const isWhole = typeof value === 'bigint' || (typeof value === 'number' && value % 1 === 0);
  if (!isWhole || (type !== 'int32' && type !== 'int64')) return value;
  const exact = BigInt(value);
  const held = BigInt.asIntN(64, exact) === exact ? exact : least;
  return toInt64(type === 'int32' ? BigInt.asIntN(32, held) : held);
}

const least = -(2n ** 63n);

const fieldTypes = (id: string): ReadonlyMap<string, FieldType> =>
  new Map(schemaOf(id).fields.map(({ name, type }) => [name, type]));
