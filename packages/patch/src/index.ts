export { applyJsonPatch, parseJsonPatch } from './json-patch.ts';
export type { JsonPatch, JsonPatched, JsonPatchOperation } from './json-patch.ts';
export { goText, jsonWord } from './go-text.ts';
export { isObject } from './json-object.ts';
export { mergePatch } from './merge-patch.ts';
export { PatchError } from './patch-error.ts';
export { strategicMergePatch } from './strategic-merge-patch.ts';
export { tooLargeNumber } from './too-large-number.ts';
