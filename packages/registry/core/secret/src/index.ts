import type { Resource } from '@keelson/generic-registry';
import type { Secret } from '@keelson/kubernetes-api/core/v1';
import { defaultSecret } from './defaults.ts';
import { secretTable } from './table.ts';
import { validateSecret, validateSecretUpdate } from './validation.ts';
import { secretWarnings } from './warnings.ts';

/** The complete resource. Behaviour: k8s.io/kubernetes pkg/registry/core/secret, v1.37. */
export const secrets: Resource<Secret> = {
  kind: 'Secret',
  typeId: 'core/v1.Secret',
  plural: 'secrets',
  strategy: {
    namespaced: true,
    // The type of a secret may be left out of an update.
    prepareForUpdate: (secret, old) => {
      if (!secret.type && old.type) secret.type = old.type;
    },
    validate: validateSecret,
    validateUpdate: validateSecretUpdate,
    warningsOnCreate: secretWarnings,
    warningsOnUpdate: secretWarnings,
  },
  default: defaultSecret,
  table: secretTable,
  selectableFields: { names: ['type'], of: (secret) => ({ type: secret.type ?? '' }) },
};
