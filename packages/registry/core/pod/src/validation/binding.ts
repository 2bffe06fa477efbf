import {
  type FieldError,
  fieldPath,
  nameIsDNSSubdomain,
  notSupported,
  required,
} from '@keelson/api-machinery';
import type { Binding } from '@keelson/kubernetes-api/core/v1';
import { problems } from './findings.ts';

/** Behaviour: core/validation ValidatePodBinding, v1.37. */
export function validatePodBinding({ target }: Binding): readonly FieldError[] {
  const path = fieldPath('target');
  const { kind = '', name = '' } = target;
  const isNode = kind === '' || kind === 'Node';
  return [
    ...(isNode ? [] : [notSupported(path.child('kind'), kind, ['Node', '<empty>'])]),
    ...(name === ''
      ? [required(path.child('name'))]
      : isNode
        ? problems(path.child('name'), name, nameIsDNSSubdomain(name, false))
        : []),
  ];
}
