import type { Resource } from '@keelson/generic-registry';
import type { Endpoints } from '@keelson/kubernetes-api/core/v1';
import { endpointsTable } from './table.ts';
import { validateEndpoints, validateEndpointsUpdate } from './validation.ts';
import { endpointsWarnings } from './warnings.ts';

/** Ports speak TCP when they do not say. Behaviour: SetDefaults_Endpoints. */
function defaultEndpoints({ subsets }: Endpoints): void {
  for (const { ports } of subsets ?? []) for (const port of ports ?? []) port.protocol ||= 'TCP';
}

/** The complete resource. Behaviour: k8s.io/kubernetes pkg/registry/core/endpoint, v1.37. */
export const endpoints: Resource<Endpoints> = {
  kind: 'Endpoints',
  typeId: 'core/v1.Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  storagePrefix: 'services/endpoints',
  deprecationWarning: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  strategy: {
    namespaced: true,
    allowCreateOnUpdate: true,
    validate: validateEndpoints,
    validateUpdate: validateEndpointsUpdate,
    warningsOnCreate: endpointsWarnings,
    warningsOnUpdate: endpointsWarnings,
  },
  default: defaultEndpoints,
  table: endpointsTable,
};
