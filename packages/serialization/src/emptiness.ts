import type { FieldSchema } from '@keelson/kubernetes-api';

/** How a value is written: as it is, or as it comes back from a store that keeps Go's protobuf, which has no empty lists and maps. */
export type WriteMode = 'exact' | 'stored';

/** Which values of a field are as good as none: no value, an empty list or map, or a zero. */
export type Emptiness = 'none' | 'list' | 'map' | '' | 0 | false;

/** What counts as absent: with `omitempty`, nothing for pointers, structs, and fields without it. */
export function emptinessOf({ type, pointer, always }: FieldSchema, mode: WriteMode): Emptiness {
  if (typeof type === 'object') {
    if ('ref' in type || (always !== undefined && mode === 'exact')) return 'none';
    return 'list' in type ? 'list' : 'map';
  }
  if (always !== undefined || pointer !== undefined) return 'none';
  if (type === 'string' || type === 'bytes') return '';
  if (type === 'int32' || type === 'int64' || type === 'double') return 0;
  return type === 'boolean' ? false : 'none';
}

/** Whether a value that is neither undefined nor null is left out. */
export function isEmpty(value: unknown, emptiness: Emptiness): boolean {
  if (emptiness === 'none') return false;
  if (emptiness === 'list') return Array.isArray(value) && value.length === 0;
  return emptiness === 'map' ? isEmptyObject(value) : value === emptiness;
}

function isEmptyObject(value: unknown): boolean {
  for (const _ in value as object) return false;
  return true;
}
