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
import type { Affinity, EnvVar, PodSpec } from '@keelson/kubernetes-api/core/v1';
import {
  validateContainers,
  validateEphemeralContainers,
  validateInitContainers,
} from './container.ts';
import { validateDnsConfig, validateHostAliases } from './dns.ts';
import { dnsLabel, eachOf, oneOf, problems, qualifiedName } from './findings.ts';
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
    ...validateResourceClaims(spec, options, path.child('resourceClaims')),
    ...validateContainers(context, path.child('containers')),
    ...validateInitContainers(context, path.child('initContainers')),
    ...validateEphemeralContainers(context, path.child('ephemeralContainers')),
    ...validatePodResources(spec, claims, path.child('resources')),
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
    ...validateLabels(spec.nodeSelector, path.child('nodeSelector')),
    ...validatePodSecurityContext(spec, path.child('securityContext')),
    ...validateSharedProcesses(spec, path),
    ...validateAffinity(spec.affinity, path.child('affinity')),
    ...validateDnsConfig(spec, path.child('dnsConfig')),
    ...eachOf(spec.readinessGates, path.child('readinessGates'), ({ conditionType }, at) =>
      qualifiedName(conditionType, at.child('conditionType')),
    ),
    ...validateSchedulingGates(spec.schedulingGates, path.child('schedulingGates')),
    ...validateTopologySpread(
      spec.topologySpreadConstraints,
      path.child('topologySpreadConstraints'),
    ),
    ...validateHostProcess(spec, path),
    ...validateHostUsers(spec, path),
    ...validateHostnameOverride(spec, path.child('hostnameOverride')),
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

function validateAffinity(affinity: Affinity | undefined, path: FieldPath): FieldError[] {
  if (!affinity) return [];
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
  return [
    ...(nodeAffinity === undefined
      ? []
      : validateNodeAffinity(nodeAffinity, path.child('nodeAffinity'))),
    ...(podAffinity === undefined
      ? []
      : validatePodAffinity(podAffinity, path.child('podAffinity'))),
    ...(podAntiAffinity === undefined
      ? []
      : validatePodAffinity(podAntiAffinity, path.child('podAntiAffinity'))),
  ];
}

const name = (value: string | undefined, path: FieldPath): FieldError[] =>
  value ? problems(path, value, nameIsDNSSubdomain(value, false)) : [];

function validateNames(spec: PodSpec, path: FieldPath): FieldError[] {
  const { serviceAccountName = '', serviceAccount = '', activeDeadlineSeconds: deadline } = spec;
  const errors = name(serviceAccountName, path.child('serviceAccountName'));
  if (serviceAccount !== serviceAccountName) {
    const why = `must be the same as serviceAccountName: ${goQuote(serviceAccountName)}`;
    errors.push(invalid(path.child('deprecatedServiceAccount'), serviceAccount, why));
  }
  errors.push(...name(spec.nodeName, path.child('nodeName')));
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

function validateRest(spec: PodSpec, path: FieldPath): FieldError[] {
  const { runtimeClassName, preemptionPolicy, overhead } = spec;
  return [
    ...validateTolerations(spec.tolerations, path.child('tolerations')),
    ...validateHostAliases(spec.hostAliases, path.child('hostAliases')),
    ...name(spec.priorityClassName, path.child('priorityClassName')),
    ...(runtimeClassName === undefined
      ? []
      : problems(
          path.child('runtimeClassName'),
          runtimeClassName,
          nameIsDNSSubdomain(runtimeClassName, false),
        )),
    ...(preemptionPolicy === undefined
      ? []
      : validatePolicy(
          preemptionPolicy,
          ['PreemptLowerPriority', 'Never'],
          path.child('preemptionPolicy'),
        )),
    ...(overhead === undefined
      ? []
      : validateContainerResources({ limits: overhead }, new Set(), path.child('overhead'))),
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
