import { invalid, required, type FieldError, type FieldPath } from '@keelson/api-machinery';
import type { DownwardAPIVolumeFile, KeyToPath } from '@keelson/kubernetes-api/core/v1';
import { validateFieldRef, validateResourceFieldRef, volumeFields } from './downward-api.ts';
import { unreservedPath } from './paths.ts';
import { requiredFields } from './volume-sources.ts';

/** 0777 */
const mostMode = 511;

/** A file's permissions. */
export function validateMode(mode: number | undefined, path: FieldPath): FieldError[] {
  const wrong = mode !== undefined && (mode > mostMode || mode < 0);
  return wrong
    ? [invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive')]
    : [];
}

/** A key of a config map or secret as a file. Behaviour: core/validation validateKeyToPath, v1.37. */
export function validateKeyToPath(
  { key, path: file, mode }: KeyToPath,
  path: FieldPath,
): FieldError[] {
  return [
    ...requiredFields(path, { key, path: file }),
    ...unreservedPath(file ?? '', path.child('path')),
    ...validateMode(mode, path.child('mode')),
  ];
}

/** A field of the pod as a file. Behaviour: core/validation validateDownwardAPIVolumeFile, v1.37. */
export function validateDownwardFile(file: DownwardAPIVolumeFile, path: FieldPath): FieldError[] {
  const errors = [
    ...requiredFields(path, { path: file.path }),
    ...unreservedPath(file.path ?? '', path.child('path')),
  ];
  const { fieldRef, resourceFieldRef } = file;
  if (fieldRef !== undefined) {
    errors.push(...validateFieldRef(fieldRef, volumeFields, path.child('fieldRef')));
    if (resourceFieldRef !== undefined)
      errors.push(
        invalid(
          path,
          'resource',
          'fieldRef and resourceFieldRef can not be specified simultaneously',
        ),
      );
  } else if (resourceFieldRef !== undefined) {
    errors.push(
      ...validateResourceFieldRef(resourceFieldRef, path.child('resourceFieldRef'), true),
    );
  } else errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
  return [...errors, ...validateMode(file.mode, path.child('mode'))];
}
