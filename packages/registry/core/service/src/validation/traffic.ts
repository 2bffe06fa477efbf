import {
  fieldPath,
  forbidden,
  invalid,
  isValidPortNum,
  notSupported,
  required,
  type FieldError,
} from '@keelson/api-machinery';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { isExternalName, isExternallyAccessible, needsHealthCheck } from '../service-traits.ts';
import { problems, requiredOneOf } from './findings.ts';

const spec = fieldPath('spec');
const policies = ['Cluster', 'Local'];
const affinities = ['ClientIP', 'None'];
const distributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const longestAffinity = 86_400;

/** Behaviour: validateServiceExternalTrafficPolicy, v1.37. */
export function validateExternalTraffic(service: Service): FieldError[] {
  const { externalTrafficPolicy = '' } = service.spec;
  const path = spec.child('externalTrafficPolicy');
  if (isExternallyAccessible(service)) return requiredOneOf(path, externalTrafficPolicy, policies);
  return externalTrafficPolicy === ''
    ? []
    : [invalid(path, externalTrafficPolicy, 'may only be set for externally-accessible services')];
}

export function validateHealthCheck(service: Service): FieldError[] {
  const { healthCheckNodePort: port = 0 } = service.spec;
  const path = spec.child('healthCheckNodePort');
  if (needsHealthCheck(service))
    return port === 0 ? [required(path)] : problems(path, port, isValidPortNum(port));
  return port === 0
    ? []
    : [
        invalid(
          path,
          port,
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
        ),
      ];
}

/** A health check stays where load balancers found it. */
export function validateHealthCheckChange(service: Service, old: Service): FieldError[] {
  if (!needsHealthCheck(service) || !needsHealthCheck(old)) return [];
  return service.spec.healthCheckNodePort === old.spec.healthCheckNodePort
    ? []
    : [forbidden(spec.child('healthCheckNodePort'), 'field is immutable')];
}

/** Behaviour: validateServiceInternalTrafficFieldsValue. */
export function validateInternalTraffic(service: Service): FieldError[] {
  const { internalTrafficPolicy: policy, type = '' } = service.spec;
  const path = spec.child('internalTrafficPolicy');
  if (policy === undefined)
    return !isExternalName(service) && ['ClusterIP', 'NodePort', 'LoadBalancer'].includes(type)
      ? [required(path)]
      : [];
  return policies.includes(policy) ? [] : [notSupported(path, policy, policies)];
}

export function validateDistribution({ spec: { trafficDistribution } }: Service): FieldError[] {
  if (trafficDistribution === undefined || distributions.includes(trafficDistribution)) return [];
  return [notSupported(spec.child('trafficDistribution'), trafficDistribution, distributions)];
}

/** Whether and for how long clients stay with a pod. */
export function validateAffinity({ spec: { sessionAffinity, ...rest } }: Service): FieldError[] {
  const errors = requiredOneOf(spec.child('sessionAffinity'), sessionAffinity, affinities);
  const config = rest.sessionAffinityConfig;
  const path = spec.child('sessionAffinityConfig');
  if (sessionAffinity === 'None' && config !== undefined)
    errors.push(forbidden(path, 'must not be set when session affinity is None'));
  if (sessionAffinity !== 'ClientIP') return errors;
  const missing = 'when session affinity type is ClientIP';
  const clientIP = path.child('clientIP');
  const seconds = clientIP.child('timeoutSeconds');
  const timeout = config?.clientIP?.timeoutSeconds;
  if (config === undefined) errors.push(required(path, missing));
  else if (config.clientIP === undefined) errors.push(required(clientIP, missing));
  else if (timeout === undefined) errors.push(required(seconds, missing));
  else if (timeout <= 0 || timeout > longestAffinity)
    errors.push(
      invalid(seconds, timeout, `must be greater than 0 and less than ${longestAffinity}`),
    );
  return errors;
}
