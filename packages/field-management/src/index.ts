export { updateManagedFields } from './update-managed-fields.ts';
export { applyFields, objectText } from './apply-fields.ts';
export type { ApplyWrite } from './apply-fields.ts';
export type { FieldWrite } from './field-write.ts';
export type { Writer } from './track-update.ts';
export { kubernetesSchema } from './kubernetes-schema.ts';
export { customResourceSchema, openApiSchema } from './openapi-schema.ts';
export type { OpenApi } from './openapi-schema.ts';
export { deduced, untyped } from './schema.ts';
export type { Field, ListSchema, MapSchema, ScalarKind, Schema } from './schema.ts';
export { changedOf, compare } from './compare.ts';
export type { CompareOptions, Comparison } from './compare.ts';
export { merge } from './merge.ts';
export { ownedFields } from './owned-fields.ts';
export { removeFields } from './remove-fields.ts';
export { validate } from './validate.ts';
export type { ValidateOptions } from './validate.ts';
export { TypedValueError } from './typed-value-error.ts';
export type { Fault } from './typed-value-error.ts';
export { encodeFieldSet, parseFieldSet } from './fields-v1.ts';
export { emptySet, equalSets, hasPath, isEmptySet, pathsOf } from './field-set.ts';
export { fieldSetOf } from './path-set.ts';
export type { FieldSet } from './field-set.ts';
export { difference, intersection, leaves, recursiveDifference, union } from './set-algebra.ts';
export {
  compareSteps,
  fieldStep,
  indexStep,
  keyStep,
  pathText,
  readStep,
  stepText,
  valueStep,
} from './step.ts';
export { managedFieldsProblem } from './managers.ts';
export type { Path, Step } from './step.ts';
export type { Converter, VersionedValue } from './versions.ts';
