import {
  fieldPath,
  forbidden,
  invalid,
  isDNS1123Subdomain,
  nameIsDNSLabel,
  required,
  validateGenerateName,
  validateLabels,
  type FieldError,
} from '@keelson/api-machinery';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { validateIP } from '../addresses/legacy-values.ts';
import { validateReachable } from '../addresses/reachable.ts';
import { isExternalName, isHeadless } from '../service-traits.ts';
import { validateClusterIPChange, validateFamilyChange } from './cluster-ip-changes.ts';
import { validateClusterIPs } from './cluster-ips.ts';
import { problems, requiredOneOf } from './findings.ts';
import {
  validateAllocatesNodePorts,
  validateClass,
  validateClassChange,
  validateSourceRanges,
} from './load-balancer.ts';
import { validatePortConflicts, validatePorts } from './ports.ts';
import {
  validateAffinity,
  validateDistribution,
  validateExternalTraffic,
  validateHealthCheck,
  validateHealthCheckChange,
  validateInternalTraffic,
} from './traffic.ts';

const spec = fieldPath('spec');
const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

/** What is wrong with a service; what `old` has may stay. Behaviour: pkg/apis/core/validation validateService, v1.37. */
export function validateService(service: Service, old?: Service): FieldError[] {
  return [
    ...validateTopology(service),
    ...validateTypeFits(service),
    ...validatePorts(service),
    ...validateLabels(service.spec.selector, spec.child('selector')),
    ...validateAffinity(service),
    ...validateClusterIPs(service, old),
    ...validateExternalIPs(service, old),
    ...requiredOneOf(spec.child('type'), service.spec.type, types),
    ...validatePortConflicts(service),
    ...validateSourceRanges(service, old),
    ...validateAllocatesNodePorts(service),
    ...validateClass(service),
    ...validateExternalTraffic(service),
    ...validateHealthCheck(service),
    ...validateInternalTraffic(service),
    ...validateDistribution(service),
  ];
}

/** What is wrong with a change. Behaviour: ValidateServiceUpdate. */
export function validateServiceUpdate(service: Service, old: Service): FieldError[] {
  return [
    ...validateClusterIPChange(service, old),
    ...validateFamilyChange(service, old),
    ...validateClassChange(service, old),
    ...validateHealthCheckChange(service, old),
    ...validateGenerateName(service.metadata, nameIsDNSLabel),
    ...validateService(service, old),
  ];
}

const hintsAnnotation = 'service.kubernetes.io/topology-aware-hints';
const modeAnnotation = 'service.kubernetes.io/topology-mode';

function validateTopology({ metadata: { annotations } }: Service): FieldError[] {
  const [mode, hints] = [annotations?.[modeAnnotation], annotations?.[hintsAnnotation]];
  if (mode === undefined || hints === undefined || mode === hints) return [];
  return [
    invalid(
      fieldPath('metadata', 'annotations').key(modeAnnotation),
      mode,
      `must match annotations[${hintsAnnotation}] when both are specified`,
    ),
  ];
}

/** What the type asks for, and what it rules out. */
function validateTypeFits(service: Service): FieldError[] {
  const { ports = [], type } = service.spec;
  if (isExternalName(service)) return validateExternalName(service);
  if (!isHeadless(service)) return ports.length === 0 ? [required(spec.child('ports'))] : [];
  return type === 'LoadBalancer' || type === 'NodePort'
    ? [
        invalid(
          spec.child('clusterIPs').index(0),
          'None',
          `may not be set to 'None' for ${type} services`,
        ),
      ]
    : [];
}

function validateExternalName({ spec: { externalName = '', ...rest } }: Service): FieldError[] {
  const path = spec.child('externalName');
  // A trailing dot makes it fully qualified.
  const name = externalName.replace(/\.$/, '');
  const unfit = 'may not be set for ExternalName services';
  return [
    ...((rest.clusterIPs ?? []).length > 0 ? [forbidden(spec.child('clusterIPs'), unfit)] : []),
    ...((rest.ipFamilies ?? []).length > 0 ? [forbidden(spec.child('ipFamilies'), unfit)] : []),
    ...(rest.ipFamilyPolicy === undefined ? [] : [forbidden(spec.child('ipFamilyPolicy'), unfit)]),
    ...(name === '' ? [required(path)] : problems(path, name, isDNS1123Subdomain(name))),
  ];
}

function validateExternalIPs({ spec: { externalIPs = [] } }: Service, old?: Service): FieldError[] {
  return externalIPs.flatMap((ip, index) => {
    const path = spec.child('externalIPs').index(index);
    const malformed = validateIP(ip, path, old?.spec.externalIPs);
    return malformed.length > 0 ? malformed : validateReachable(ip, path);
  });
}
