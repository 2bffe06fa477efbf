/** What a PATCH may be written in. */
export const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
  'application/apply-patch+cbor',
] as const;
export type PatchType = (typeof patchTypes)[number];

/** Those that say what an object is to become, not how. */
export type ApplyType = Extract<PatchType, `application/apply-patch+${string}`>;
export const isApplyType = (type: PatchType): type is ApplyType =>
  type.startsWith('application/apply-patch+');
