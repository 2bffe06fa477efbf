export { applyJsonPatch, parseJsonPatch } from './json-patch.ts';
export { mergePatch } from './merge-patch.ts';
export { PatchError } from './patch-error.ts';
export { strategicMergePatch } from './strategic-merge-patch.ts';
