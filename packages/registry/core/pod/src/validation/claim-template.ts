import {
  type FieldError,
  type FieldPath,
  forbidden,
  invalid,
  isDNS1123Subdomain,
  nameIsDNSLabel,
  nameIsDNSSubdomain,
  notSupported,
  quantitySign,
  required,
  validateAnnotations,
  validateLabels,
  validateLabelSelector,
} from '@keelson/api-machinery';
import type {
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimTemplate,
  TypedObjectReference,
} from '@keelson/kubernetes-api/core/v1';
import { oneOf, problems } from './findings.ts';

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** The claim that comes with a pod. Behaviour: core/validation ValidatePersistentVolumeClaimTemplate, v1.37. */
export function validateClaimTemplate(
  { metadata, spec }: PersistentVolumeClaimTemplate,
  path: FieldPath,
): FieldError[] {
  const at = path.child('metadata');
  const other = Object.entries(metadata).filter(
    ([field, value]) =>
      field !== 'annotations' &&
      field !== 'labels' &&
      value !== undefined &&
      value !== null &&
      value !== '',
  );
  return [
    ...validateAnnotations(metadata.annotations, at.child('annotations')),
    ...validateLabels(metadata.labels, at.child('labels')),
    ...other.map(([field]) => forbidden(at.child(field), 'cannot be set')),
    ...validateClaimSpec(spec, path.child('spec')),
  ];
}

/** Behaviour: core/validation ValidatePersistentVolumeClaimSpec, v1.37. */
function validateClaimSpec(spec: PersistentVolumeClaimSpec, path: FieldPath): FieldError[] {
  const { storageClassName, volumeMode, volumeAttributesClassName } = spec;
  return [
    ...validateAccessModes(spec, path),
    ...validateStorage(
      spec.resources?.requests?.['storage'],
      path.child('resources').key('storage'),
    ),
    ...(storageClassName
      ? problems(
          path.child('storageClassName'),
          storageClassName,
          nameIsDNSSubdomain(storageClassName, false),
        )
      : []),
    ...(volumeMode === undefined
      ? []
      : oneOf(path.child('volumeMode'), volumeMode, ['Block', 'Filesystem'])),
    ...validateSources(spec, path),
    ...(volumeAttributesClassName
      ? problems(
          path.child('volumeAttributesClassName'),
          volumeAttributesClassName,
          nameIsDNSSubdomain(volumeAttributesClassName, false),
        )
      : []),
  ];
}

function validateAccessModes(
  { accessModes: given = [], selector }: PersistentVolumeClaimSpec,
  path: FieldPath,
): FieldError[] {
  const at = path.child('accessModes');
  const errors = given.length === 0 ? [required(at, 'at least 1 access mode is required')] : [];
  errors.push(...validateLabelSelector(selector, path.child('selector')));
  errors.push(
    ...given
      .filter((mode) => !accessModes.includes(mode))
      .map((mode) => notSupported(at, mode, accessModes)),
  );
  const known = given.filter((mode) => accessModes.includes(mode));
  if (known.includes('ReadWriteOncePod') && known.some((mode) => mode !== 'ReadWriteOncePod')) {
    errors.push(forbidden(at, 'may not use ReadWriteOncePod with other access modes'));
  }
  return errors;
}

function validateStorage(storage: string | undefined, path: FieldPath): FieldError[] {
  if (storage === undefined) return [required(path)];
  return quantitySign(storage) <= 0 ? [invalid(path, storage, 'must be greater than zero')] : [];
}

function validateSources(
  { dataSource, dataSourceRef }: PersistentVolumeClaimSpec,
  path: FieldPath,
): FieldError[] {
  const errors = [
    ...(dataSource === undefined ? [] : validateSource(dataSource, path.child('dataSource'))),
    ...(dataSourceRef === undefined
      ? []
      : validateSource(dataSourceRef, path.child('dataSourceRef'))),
  ];
  if (dataSource === undefined || dataSourceRef === undefined) return errors;
  // Upstream shows the path itself, an object without visible fields.
  if (dataSourceRef.namespace)
    return [
      ...errors,
      invalid(path, {}, 'may not be specified when dataSourceRef.namespace is specified'),
    ];
  const same = (['apiGroup', 'kind', 'name'] as const).every(
    (field) => dataSource[field] === dataSourceRef[field],
  );
  return same ? errors : [...errors, invalid(path, {}, 'must match dataSourceRef')];
}

function validateSource(
  { name, kind, namespace, ...reference }: TypedObjectReference,
  path: FieldPath,
): FieldError[] {
  // A pointer that Go always writes: null when absent.
  const apiGroup = reference.apiGroup ?? '';
  const errors: FieldError[] = [];
  if (!name) errors.push(required(path.child('name')));
  if (!kind) errors.push(required(path.child('kind')));
  if (apiGroup === '' && kind !== 'PersistentVolumeClaim') {
    errors.push(
      invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"),
    );
  }
  if (apiGroup)
    errors.push(...problems(path.child('apiGroup'), apiGroup, isDNS1123Subdomain(apiGroup)));
  return namespace
    ? [...errors, ...problems(path.child('namespace'), namespace, nameIsDNSLabel(namespace, false))]
    : errors;
}
