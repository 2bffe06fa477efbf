import { distinctErrors, nameIsDNSLabel } from '@keelson/api-machinery';
import type { Strategy } from '@keelson/generic-registry';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { linkNewClusterIPs } from '../allocation/linked-fields.ts';
import { isExternalName } from '../service-traits.ts';
import { validateService, validateServiceUpdate } from '../validation/service.ts';
import { validateServiceStatus } from '../validation/status.ts';
import { serviceWarnings, statusWarnings } from '../warnings.ts';
import { dropTypeDependentFields } from './type-dependent-fields.ts';

const common: Strategy<Service> = {
  namespaced: true,
  allowCreateOnUpdate: true,
  returnDeletedObject: true,
};

/** How services are created and changed. Behaviour: registry/core/service svcStrategy, v1.37. */
export const serviceStrategy: Strategy<Service> = {
  ...common,
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
  validate: (service) => distinctErrors(validateService(service)),
  validateUpdate: (service, old) => distinctErrors(validateServiceUpdate(service, old)),
  warningsOnCreate: serviceWarnings,
  warningsOnUpdate: serviceWarnings,
  // Upstream stores them as they come, and shows them so.
  canonicalize: (service) => {
    linkNewClusterIPs(service);
    if (isExternalName(service)) delete service.spec.internalTrafficPolicy;
  },
};

/** How `services/status` is written. Behaviour: serviceStatusStrategy. */
export const serviceStatusStrategy: Strategy<Service> = {
  ...common,
  resetFields: [['spec']],
  prepareForUpdate: (service, old) => {
    // Shared: nothing changes it from here on.
    service.spec = old.spec;
  },
  validateUpdate: (service, old) => distinctErrors(validateServiceStatus(service, old)),
  warningsOnUpdate: statusWarnings,
};
