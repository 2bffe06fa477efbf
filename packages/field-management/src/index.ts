export { updateManagedFields } from './managed-fields.ts';
export type { FieldWrite } from './managed-fields.ts';
export { encodeFieldSet, parseFieldSet } from './field-set.ts';
export type { FieldSet } from './field-set.ts';
