import type { JsonValue } from '@keelson/api-machinery';
import { PatchError } from '../patch-error.ts';

/** What a patch makes, or its refusal as `422: why`. */
export function outcome(run: () => JsonValue): JsonValue {
  try {
    return run();
  } catch (error) {
    if (error instanceof PatchError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

/** An object in an object in an object. */
export const nested = (levels: number): JsonValue =>
  JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

/** Says whether objects in general were changed. */
export const isPolluted = (): boolean => 'polluted' in {};
