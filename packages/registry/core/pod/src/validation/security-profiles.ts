import {
  type FieldError,
  type FieldPath,
  invalid,
  notSupported,
  required,
  tooLong,
} from '@keelson/api-machinery';
import type { AppArmorProfile, SeccompProfile } from '@keelson/kubernetes-api/core/v1';

import { descendingPath } from './paths.ts';
import { asGo } from './update/as-go.ts';

const types = ['Localhost', 'RuntimeDefault', 'Unconfined'];
/** A path's longest, less its end. */
const mostProfileBytes = 4095;

/** Behaviour: core/validation validateSeccompProfileField, v1.37. */
export function validateSeccompProfile(
  profile: SeccompProfile | undefined,
  path: FieldPath,
): FieldError[] {
  if (profile === undefined) return [];
  const { type, localhostProfile: local } = profile;
  const at = path.child('localhostProfile');
  const errors: FieldError[] = [];
  if (!type)
    errors.push(required(path.child('type'), 'type is required when seccompProfile is set'));
  else if (!types.includes(type)) errors.push(notSupported(path.child('type'), type, types));
  if (type !== 'Localhost') {
    return local === undefined
      ? errors
      : [
          ...errors,
          invalid(
            at,
            asGo(profile, 'SeccompProfile'),
            'can only be set when seccomp type is Localhost',
          ),
        ];
  }
  return [
    ...errors,
    ...(local === undefined
      ? [required(at, 'must be set when seccomp type is Localhost')]
      : descendingPath(local, at)),
  ];
}

/** Behaviour: core/validation ValidateAppArmorProfileField, v1.37. */
export function validateAppArmorProfile(
  profile: AppArmorProfile | undefined,
  path: FieldPath,
): FieldError[] {
  if (profile === undefined) return [];
  const { type, localhostProfile: local } = profile;
  const at = path.child('localhostProfile');
  if (type === 'Localhost') return validateLocalProfile(local, at);
  if (!type) return [required(path.child('type'), 'type is required when appArmorProfile is set')];
  if (!types.includes(type)) return [notSupported(path.child('type'), type, types)];
  return local === undefined
    ? []
    : [invalid(at, local, 'can only be set when AppArmor type is Localhost')];
}

function validateLocalProfile(local: string | undefined, path: FieldPath): FieldError[] {
  if (local === undefined) return [required(path, 'must be set when AppArmor type is Localhost')];
  const errors: FieldError[] = [];
  if (local.trim() !== local)
    errors.push(invalid(path, local, 'must not be padded with whitespace'));
  else if (local === '') errors.push(required(path, 'must be set when AppArmor type is Localhost'));
  if (Buffer.byteLength(local) > mostProfileBytes) errors.push(tooLong(path, mostProfileBytes));
  return errors;
}
