import {
  goQuote,
  invalid,
  nameIsDNSSubdomain,
  notFound,
  rangeProblem,
  required,
  validateLabels,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { Affinity, EnvVar, PodReadinessGate, PodSpec } from '@keelson/kubernetes-api/core/v1';
import {
  validateContainers,
  validateEphemeralContainers,
  validateInitContainers,
} from './container.ts';
import { validateDnsConfig, validateHostAliases } from './dns.ts';
import {
  dnsLabel,
  dnsSubdomain,
  eachOf,
  ifSet,
  oneOf,
  problems,
  qualifiedName,
} from './findings.ts';
import {
  validateHostNetwork,
  validateHostnameOverride,
  validateHostUsers,
  validateSharedProcesses,
} from './host-namespaces.ts';
import { validateNodeAffinity } from './node-affinity.ts';
import { validateHostProcess, validateOperatingSystem } from './operating-system.ts';
import type { PodValidationOptions, SpecContext } from './options.ts';
import { validatePodAffinity } from './pod-affinity.ts';
import { validateResourceClaims } from './resource-claims.ts';
import { validateContainerResources, validatePodResources } from './resources.ts';
import { validateSchedulingGates } from './scheduling-gates.ts';
import { validatePodSecurityContext } from './security-context.ts';
import { validateTolerations } from './tolerations.ts';
import { validateTopologySpread } from './topology-spread.ts';
import { containersOf, containersWithPaths } from './visit-containers.ts';
import { validateVolumes } from './volumes.ts';

/** All that is wrong with a spec, of a pod or of a template, in upstream's order. Behaviour: core/validation ValidatePodSpec, v1.37. */
export function validatePodSpec(
  spec: PodSpec,
  path: FieldPath,
  options: PodValidationOptions,
): FieldError[] {
  const { errors, valid } = validateVolumes(spec.volumes, options, path.child('volumes'));
  const claims = new Set(spec.resourceClaims?.map(({ name }) => name).filter(Boolean));
  const context: SpecContext = { ...options, spec, volumes: valid, claims };
  return [
    ...(spec.terminationGracePeriodSeconds === undefined
      ? [required(path.child('terminationGracePeriodSeconds'))]
      : []),
    ...errors,
    ...(spec.resourceClaims
      ? validateResourceClaims(spec, options, path.child('resourceClaims'))
      : []),
    ...validateContainers(context, path.child('containers')),
    ...(spec.initContainers ? validateInitContainers(context, path.child('initContainers')) : []),
    ...(spec.ephemeralContainers
      ? validateEphemeralContainers(context, path.child('ephemeralContainers'))
      : []),
    ...(spec.resources ? validatePodResources(spec, claims, path.child('resources')) : []),
    ...validateHostNetwork(spec, options.isPod, path),
    ...validatePolicy(
      spec.restartPolicy,
      ['Always', 'OnFailure', 'Never'],
      path.child('restartPolicy'),
    ),
    ...validatePolicy(
      spec.dnsPolicy,
      ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'],
      path.child('dnsPolicy'),
    ),
    ...ifSet(spec, 'nodeSelector', path, validateLabels),
    ...validatePodSecurityContext(spec, path.child('securityContext')),
    ...validateSharedProcesses(spec, path),
    ...ifSet(spec, 'affinity', path, validateAffinity),
    ...validateDnsConfig(spec, path.child('dnsConfig')),
    ...ifSet(spec, 'readinessGates', path, validateReadinessGates),
    ...ifSet(spec, 'schedulingGates', path, validateSchedulingGates),
    ...ifSet(spec, 'topologySpreadConstraints', path, validateTopologySpread),
    ...validateHostProcess(spec, path),
    ...validateHostUsers(spec, path),
    ...validateHostnameOverride(spec, path),
    ...validateNames(spec, path),
    ...validateRest(spec, path),
    ...validateEnvironmentFiles(spec, path),
  ];
}

/** A field that defaulting has filled in. */
function validatePolicy(
  policy: string | undefined,
  allowed: readonly string[],
  path: FieldPath,
): FieldError[] {
  return policy ? oneOf(path, policy, allowed) : [required(path)];
}

function validateReadinessGates(gates: readonly PodReadinessGate[], path: FieldPath): FieldError[] {
  return eachOf(gates, path, ({ conditionType }, at) =>
    qualifiedName(conditionType, at.child('conditionType')),
  );
}

function validateAffinity(affinity: Affinity, path: FieldPath): FieldError[] {
  return [
    ...ifSet(affinity, 'nodeAffinity', path, validateNodeAffinity),
    ...ifSet(affinity, 'podAffinity', path, validatePodAffinity),
    ...ifSet(affinity, 'podAntiAffinity', path, validatePodAffinity),
  ];
}

const name = (value: string | undefined, path: FieldPath): FieldError[] =>
  value ? problems(path, value, nameIsDNSSubdomain(value, false)) : [];

function validateNames(spec: PodSpec, path: FieldPath): FieldError[] {
  const { serviceAccountName = '', serviceAccount = '', activeDeadlineSeconds: deadline } = spec;
  const errors = ifSet(spec, 'serviceAccountName', path, name);
  if (serviceAccount !== serviceAccountName) {
    const why = `must be the same as serviceAccountName: ${goQuote(serviceAccountName)}`;
    errors.push(invalid(path.child('deprecatedServiceAccount'), serviceAccount, why));
  }
  errors.push(...ifSet(spec, 'nodeName', path, name));
  if (deadline !== undefined && (deadline < 1 || deadline > 2147483647)) {
    errors.push(
      invalid(path.child('activeDeadlineSeconds'), deadline, rangeProblem(1, 2147483647)),
    );
  }
  return [
    ...errors,
    ...(spec.hostname ? dnsLabel(spec.hostname, path.child('hostname')) : []),
    ...(spec.subdomain ? dnsLabel(spec.subdomain, path.child('subdomain')) : []),
  ];
}

const validatePreemption = (policy: string, path: FieldPath): FieldError[] =>
  validatePolicy(policy, ['PreemptLowerPriority', 'Never'], path);

const validateOverhead = (limits: Record<string, string>, path: FieldPath): FieldError[] =>
  validateContainerResources({ limits }, new Set(), path);

function validateRest(spec: PodSpec, path: FieldPath): FieldError[] {
  return [
    ...ifSet(spec, 'tolerations', path, validateTolerations),
    ...ifSet(spec, 'hostAliases', path, validateHostAliases),
    ...ifSet(spec, 'priorityClassName', path, name),
    ...ifSet(spec, 'runtimeClassName', path, dnsSubdomain),
    ...ifSet(spec, 'preemptionPolicy', path, validatePreemption),
    ...ifSet(spec, 'overhead', path, validateOverhead),
    ...validateOperatingSystem(spec, path),
  ];
}

const isFromFile = ({ valueFrom }: EnvVar): boolean => valueFrom?.fileKeyRef !== undefined;

/** Files of variables lie in a volume that starts empty. Behaviour: core/validation validateFileKeyRefVolumes, v1.37. */
function validateEnvironmentFiles(spec: PodSpec, path: FieldPath): FieldError[] {
  if (!containersOf(spec).some(({ env }) => env?.some(isFromFile))) return [];
  const volumes = new Map(spec.volumes?.map((volume) => [volume.name, volume]));
  return containersWithPaths(spec, path).flatMap(([{ env }, at]) =>
    eachOf(env, at.child('env'), ({ valueFrom }, where) => {
      const volume = valueFrom?.fileKeyRef?.volumeName;
      if (volume === undefined) return [];
      const found = volumes.get(volume);
      const field = where.child('valueFrom', 'fileKeyRef', 'volumeName');
      if (found === undefined) return [notFound(field, volume)];
      return found.emptyDir === undefined
        ? [invalid(field, volume, 'referenced volume must be of type emptyDir')]
        : [];
    }),
  );
}
