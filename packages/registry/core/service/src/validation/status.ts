import {
  fieldPath,
  forbidden,
  invalid,
  isDNS1123Subdomain,
  notSupported,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { LoadBalancerIngress, Service } from '@keelson/kubernetes-api/core/v1';
import { parseIP } from '../addresses/ip-address.ts';
import { validateIP } from '../addresses/legacy-values.ts';
import { isLoadBalancer } from '../service-traits.ts';
import { problems } from './findings.ts';

const ingressPath = fieldPath('status', 'loadBalancer', 'ingress');
const modes = ['Proxy', 'VIP'];

/** Where a load balancer is reached. Behaviour: ValidateLoadBalancerStatus, v1.37. */
export function validateServiceStatus(service: Service, old: Service): FieldError[] {
  const { ingress = [] } = service.status.loadBalancer;
  if (!isLoadBalancer(service) && ingress.length > 0)
    return [forbidden(ingressPath, "may only be used when `spec.type` is 'LoadBalancer'")];
  const before = (old.status.loadBalancer.ingress ?? []).flatMap(({ ip = '' }) =>
    ip === '' ? [] : [ip],
  );
  return ingress.flatMap((one, index) => {
    const path = ingressPath.index(index);
    return [
      ...(one.ip ? validateIP(one.ip, path.child('ip'), before) : []),
      ...validateMode(one, path.child('ipMode')),
      ...(one.hostname ? validateHostname(one.hostname, path.child('hostname')) : []),
    ];
  });
}

function validateMode({ ip = '', ipMode }: LoadBalancerIngress, path: FieldPath): FieldError[] {
  if (ipMode === undefined)
    return ip === '' ? [] : [required(path, 'must be specified when `ip` is set')];
  if (ip === '') return [forbidden(path, 'may not be specified when `ip` is not set')];
  return modes.includes(ipMode) ? [] : [notSupported(path, ipMode, modes)];
}

const validateHostname = (hostname: string, path: FieldPath): FieldError[] => [
  ...problems(path, hostname, isDNS1123Subdomain(hostname)),
  ...(parseIP(hostname) === undefined
    ? []
    : [invalid(path, hostname, 'must be a DNS name, not an IP address')]),
];
