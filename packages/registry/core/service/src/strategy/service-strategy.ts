import { nameIsDNSLabel } from '@keelson/api-machinery';
import type { Strategy } from '@keelson/generic-registry';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { isExternalName } from '../service-traits.ts';
import { distinct } from '../validation/findings.ts';
import { validateService, validateServiceUpdate } from '../validation/service.ts';
import { validateServiceStatus } from '../validation/status.ts';
import { serviceWarnings, statusWarnings } from '../warnings.ts';
import { dropTypeDependentFields } from './type-dependent-fields.ts';

/** How services are created and changed. Behaviour: registry/core/service svcStrategy, v1.37. */
export const serviceStrategy: Strategy<Service> = {
  namespaced: true,
  allowCreateOnUpdate: true,
  returnDeletedObject: true,
  resetFields: [['status']],
  validateName: nameIsDNSLabel,
  prepareForCreate: (service) => {
    service.status = { loadBalancer: {} };
  },
  prepareForUpdate: (service, old) => {
    // Shared: nothing changes it from here on.
    service.status = old.status;
    dropTypeDependentFields(service, old);
  },
  validate: (service) => distinct(validateService(service)),
  validateUpdate: (service, old) => distinct(validateServiceUpdate(service, old)),
  warningsOnCreate: serviceWarnings,
  warningsOnUpdate: serviceWarnings,
  // Upstream keeps the field and hides it from readers.
  canonicalize: (service) => {
    if (isExternalName(service)) delete service.spec.internalTrafficPolicy;
  },
};

/** How `services/status` is written. Behaviour: serviceStatusStrategy. */
export const serviceStatusStrategy: Strategy<Service> = {
  ...serviceStrategy,
  resetFields: [['spec']],
  prepareForUpdate: (service, old) => {
    // Shared: nothing changes it from here on.
    service.spec = old.spec;
  },
  validateUpdate: (service, old) => distinct(validateServiceStatus(service, old)),
  warningsOnUpdate: statusWarnings,
};
