/**
 * Equality of JSON values as Go's semantic equality sees them: absent, null, empty lists and empty maps are the same.
 * Behaviour: k8s.io/apimachinery api/equality Semantic.DeepEqual.
 */
export function semanticEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a))
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => semanticEqual(item, b[index]))
    );
  if (Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys)
    if (!semanticEqual(Reflect.get(a, key), Reflect.get(b, key))) return false;
  return true;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return Array.isArray(value) && value.length === 0;
}
