import { goQuote } from './go-quote.ts';
import { semanticEqual } from './deep-equal.ts';
import {
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from './field-error.ts';
import { fieldPath, type FieldPath } from './field-path.ts';
import type { ManagedFieldsEntry, ObjectMeta, OwnerReference } from './gen/meta-v1.ts';
import { parseGroupVersion } from './group-version.ts';
import { isQualifiedName, isValidLabelValue, nameIsDNSLabel, type NameRule } from './names.ts';
import { validateFieldManager } from './options-validation.ts';
import type { Int64 } from './scalars.ts';

// Behaviour: k8s.io/apimachinery api/validation ObjectMeta, v1.37.

const annotationsLimit = 256 * 1024;
const subresourceLimit = 256;

const metadataPath = fieldPath('metadata');

export interface ObjectMetaRules {
  readonly namespaced: boolean;
  readonly validateName: NameRule;
}

/** What is wrong with a new object's metadata. Names must have been generated before. */
export function validateObjectMeta(
  meta: ObjectMeta,
  rules: ObjectMetaRules,
  path: FieldPath = metadataPath,
): FieldError[] {
  const { name = '' } = meta;
  const errors = validateGenerateName(meta, rules.validateName, path);
  if (name === '') errors.push(required(path.child('name'), 'name or generateName is required'));
  else
    errors.push(
      ...rules
        .validateName(name, false)
        .map((problem) => invalid(path.child('name'), name, problem)),
    );
  errors.push(
    ...validateNamespace(meta.namespace ?? '', rules.namespaced, path.child('namespace')),
  );
  // There may be more of these than a call takes arguments.
  return [
    ...errors,
    ...validateNonNegative(meta.generation ?? 0, path.child('generation')),
    ...validateShared(meta, path),
    ...(meta.finalizers?.length
      ? validateFinalizers(meta.finalizers, path.child('finalizers'))
      : []),
    ...validateManagedFields(meta.managedFields ?? [], path.child('managedFields')),
  ];
}

/** What is wrong with the start of names that are generated. */
export function validateGenerateName(
  { generateName = '' }: ObjectMeta,
  validateName: ObjectMetaRules['validateName'],
  path: FieldPath = metadataPath,
): FieldError[] {
  if (generateName === '') return [];
  return validateName(generateName, true).map((problem) =>
    invalid(path.child('generateName'), generateName, problem),
  );
}

/** What is wrong with a change of an object's metadata. */
export function validateObjectMetaUpdate(
  meta: ObjectMeta,
  old: ObjectMeta,
  path: FieldPath = metadataPath,
): FieldError[] {
  const errors: FieldError[] = [];
  if (old.deletionTimestamp !== undefined)
    errors.push(
      ...validateNoNewFinalizers(
        meta.finalizers ?? [],
        old.finalizers ?? [],
        path.child('finalizers'),
      ),
    );
  if (!meta.resourceVersion)
    errors.push(
      invalid(
        path.child('resourceVersion'),
        meta.resourceVersion ?? '',
        'must be specified for an update',
      ),
    );
  errors.push(...validateNonNegative(meta.generation ?? 0, path.child('generation')));
  if ((meta.generation ?? 0) < (old.generation ?? 0))
    errors.push(invalid(path.child('generation'), meta.generation ?? 0, 'must not be decremented'));
  for (const field of [
    'name',
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ] as const) {
    errors.push(
      ...validateImmutableField(
        meta[field] ?? (absentIsNull.has(field) ? undefined : ''),
        old[field] ?? (absentIsNull.has(field) ? undefined : ''),
        path.child(field),
      ),
    );
  }
  return [
    ...errors,
    ...validateShared(meta, path),
    ...validateManagedFields(meta.managedFields ?? [], path.child('managedFields')),
  ];
}

/** Pointers in Go: an absent one is written as null. */
const absentIsNull: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
]);

function validateShared(
  { labels, annotations, ownerReferences }: ObjectMeta,
  path: FieldPath,
): FieldError[] {
  return [
    ...validateLabels(labels, path.child('labels')),
    ...validateAnnotations(annotations, path.child('annotations')),
    ...(ownerReferences?.length
      ? validateOwnerReferences(ownerReferences, path.child('ownerReferences'))
      : []),
  ];
}

function validateNamespace(namespace: string, namespaced: boolean, path: FieldPath): FieldError[] {
  if (!namespaced) return namespace === '' ? [] : [forbidden(path, 'not allowed on this type')];
  if (namespace === '') return [required(path)];
  return nameIsDNSLabel(namespace, false).map((problem) => invalid(path, namespace, problem));
}

/** Labels' keys and values. */
export function validateLabels(
  labels: Readonly<Record<string, string>> | null | undefined,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [key, value] of Object.entries(labels ?? {})) {
    for (const problem of isQualifiedName(key)) errors.push(invalid(path, key, problem));
    for (const problem of isValidLabelValue(value)) errors.push(invalid(path, value, problem));
  }
  return errors;
}

/** Annotations' keys, and their size together. */
export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | null | undefined,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  let characters = 0;
  for (const [key, value] of Object.entries(annotations ?? {})) {
    for (const problem of isQualifiedName(key.toLowerCase()))
      errors.push(invalid(path, key, problem));
    characters += key.length + value.length;
  }
  // A character of a string is three bytes at the most.
  if (characters * 3 > annotationsLimit && bytesOf(annotations ?? {}) > annotationsLimit)
    errors.push(tooLong(path, annotationsLimit));
  return errors;
}

const bytesOf = (annotations: Readonly<Record<string, string>>): number =>
  Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );

function validateOwnerReferences(
  references: readonly OwnerReference[],
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  let controller = '';
  references.forEach((reference, index) => {
    errors.push(...validateOwnerReference(reference, path.index(index)));
    if (reference.controller !== true) return;
    const name = `${reference.kind}/${reference.name}`;
    if (controller === '') controller = name;
    else
      errors.push(
        invalid(
          path,
          references,
          `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`,
        ),
      );
  });
  return errors;
}

function validateOwnerReference(reference: OwnerReference, path: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  const { apiVersion, kind, name, uid } = reference;
  if (!apiVersion) errors.push(required(path.child('apiVersion'), 'must not be empty'));
  else if (!parseGroupVersion(apiVersion)?.version)
    errors.push(
      invalid(path.child('apiVersion'), apiVersion, 'must be <group>/<version> or <version>'),
    );
  if (!kind) errors.push(required(path.child('kind'), 'must not be empty'));
  if (!name) errors.push(required(path.child('name'), 'must not be empty'));
  if (!uid) errors.push(required(path.child('uid'), 'must not be empty'));
  if (apiVersion === 'v1' && kind === 'Event')
    errors.push(invalid(path, reference, '/v1, Kind=Event is disallowed from being an owner'));
  return errors;
}

/** Finalizers' names, and that the garbage collector's two are not set together. */
export function validateFinalizers(finalizers: readonly string[], path: FieldPath): FieldError[] {
  const errors = finalizers.flatMap((name) =>
    isQualifiedName(name).map((problem) => invalid(path, name, problem)),
  );
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    errors.push(
      invalid(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'),
    );
  }
  return errors;
}

function validateNoNewFinalizers(
  finalizers: readonly string[],
  old: readonly string[],
  path: FieldPath,
): FieldError[] {
  const added = [...new Set(finalizers.filter((name) => !old.includes(name)))].sort();
  if (added.length === 0) return [];
  const list = `[]string{${added.map((name) => goQuote(name)).join(', ')}}`;
  return [
    forbidden(
      path,
      `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`,
    ),
  ];
}

function validateManagedFields(
  entries: readonly ManagedFieldsEntry[],
  path: FieldPath,
): FieldError[] {
  return entries.flatMap((entry, index) => validateManagedFieldsEntry(entry, path.index(index)));
}

function validateManagedFieldsEntry(entry: ManagedFieldsEntry, path: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  const { operation = '', fieldsType = '', manager = '', subresource = '' } = entry;
  if (operation === '') errors.push(required(path.child('operation'), 'must not be empty'));
  else if (operation !== 'Apply' && operation !== 'Update')
    errors.push(notSupported(path.child('operation'), operation, ['Apply', 'Update']));
  if (fieldsType !== '' && fieldsType !== 'FieldsV1')
    errors.push(invalid(path.child('fieldsType'), fieldsType, 'must be `FieldsV1`'));
  errors.push(...validateFieldManager(manager, path.child('manager')));
  if (subresource.length > subresourceLimit)
    errors.push(tooLong(path.child('subresource'), subresourceLimit));
  return errors;
}

/** A field that may not change. */
export function validateImmutableField(
  value: unknown,
  old: unknown,
  path: FieldPath,
): FieldError[] {
  return semanticEqual(value, old) ? [] : [invalid(path, value, 'field is immutable')];
}

/** A number that may not be negative. */
export function validateNonNegative(value: Int64, path: FieldPath): FieldError[] {
  return value < 0 ? [invalid(path, value, 'must be greater than or equal to 0')] : [];
}
