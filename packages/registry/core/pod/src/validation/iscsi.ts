import {
  invalid,
  rangeProblem,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { ISCSIVolumeSource } from '@keelson/kubernetes-api/core/v1';
import { requiredFields } from './volume-sources.ts';

const shapes: Readonly<Record<string, RegExp>> = {
  iqn: /iqn\.\d{4}-\d{2}\.([a-zA-Z0-9\-.]+)(:[^,;*&$|\s]+)$/,
  eui: /^eui.[a-zA-Z0-9]{16}$/,
  naa: /^naa.[a-zA-Z0-9]{32}$/,
};

/** Behaviour: core/validation validateISCSIVolumeSource, v1.37. */
export function validateIscsi(source: ISCSIVolumeSource, path: FieldPath): FieldError[] {
  const { targetPortal, iqn, lun, initiatorName } = source;
  const errors = requiredFields(path, { targetPortal, iqn });
  if (iqn) errors.push(...validateName(iqn, path.child('iqn')));
  if (lun < 0 || lun > 255) errors.push(invalid(path.child('lun'), lun, rangeProblem(0, 255)));
  if ((source.chapAuthDiscovery || source.chapAuthSession) && source.secretRef === undefined)
    errors.push(required(path.child('secretRef')));
  return initiatorName === undefined
    ? errors
    : [...errors, ...validateName(initiatorName, path.child('initiatorname'))];
}

function validateName(name: string, path: FieldPath): FieldError[] {
  const shape = shapes[name.slice(0, 3)];
  if (shape === undefined)
    return [invalid(path, name, 'must be valid format starting with iqn, eui, or naa')];
  return shape.test(name) ? [] : [invalid(path, name, 'must be valid format')];
}
