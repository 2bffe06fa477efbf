import type { JsonValue } from '@keelson/api-machinery';
import { isObject } from '@keelson/patch';
import type { ApplyType, PatchType } from './patch-types.ts';

/**
 * Whether a patch certainly leaves `metadata.managedFields` as they are and looks at nothing of them. They are most of many
 * objects: who knows that need not write and read them again.
 */
export function leavesManagers(type: Exclude<PatchType, ApplyType>, patch: JsonValue): boolean {
  if (type === 'application/json-patch+json')
    return Array.isArray(patch) && patch.every(isElsewhere);
  if (!isObject(patch)) return false;
  const { metadata = {} } = patch;
  if (!isObject(metadata) || 'managedFields' in metadata) return false;
  // Directives reach further than their names.
  const isPlain = (name: string): boolean => !name.startsWith('$');
  return Object.keys(patch).every(isPlain) && Object.keys(metadata).every(isPlain);
}

function isElsewhere(operation: JsonValue): boolean {
  if (!isObject(operation)) return false;
  const { path, from = path } = operation;
  return [path, from].every(
    (pointer) =>
      typeof pointer === 'string' &&
      // Pointers may be written in more than one way.
      !pointer.includes('~') &&
      /^\/(?!metadata(?:\/managedFields|$))[^/]+|^\/metadata\/(?!managedFields)[^/]+/.test(pointer),
  );
}
