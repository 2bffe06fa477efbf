import {
  fieldPath,
  goQuote,
  ipWarnings,
  isDNS1123Label,
  semanticEqual,
  type FieldPath,
  type ObjectMeta,
} from '@keelson/api-machinery';
import type {
  Affinity,
  Container,
  EnvVar,
  Pod,
  PodAffinity,
  PodSpec,
  PodTemplateSpec,
  ResourceRequirements,
} from '@keelson/kubernetes-api/core/v1';
import { containersWithPaths } from '../validation/visit-containers.ts';
import { appArmorPrefix, profileOfAnnotation } from './app-armor-annotation.ts';
import { fractionWarnings } from './fractions.ts';
import { nodeLabelWarnings } from './node-labels.ts';
import { overlappingPathWarnings } from './overlapping-paths.ts';
import { portWarnings } from './ports.ts';
import { volumeWarnings } from './volumes.ts';

interface Subject {
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
  readonly metadataPath: FieldPath;
  readonly specPath: FieldPath;
  readonly isTemplate: boolean;
}

const metadataPath = fieldPath('metadata');
const specPath = fieldPath('spec');

/** What is allowed in a new pod but unwise. Behaviour: registry/core/pod WarningsOnCreate, api/pod GetWarningsForPod, v1.37. */
export function podWarnings({ metadata, spec }: Pod): string[] {
  const warnings = warningsOf({ metadata, spec, metadataPath, specPath, isTemplate: false });
  const problems = isDNS1123Label(metadata.name ?? '');
  if (problems.length === 0) return warnings;
  const name = `metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`;
  return [name, ...warnings];
}

/** The same for a template at `path`. The old template is what it replaces, if any. */
export function podTemplateWarnings(
  path: FieldPath,
  { metadata, spec }: PodTemplateSpec,
  _old?: PodTemplateSpec,
): string[] {
  return warningsOf({
    metadata,
    spec,
    metadataPath: path.child('metadata'),
    specPath: path.child('spec'),
    isTemplate: true,
  });
}

function warningsOf(subject: Subject): string[] {
  const { spec, specPath: path } = subject;
  const grace = spec.terminationGracePeriodSeconds;
  const containers = containersWithPaths(spec, path);
  return [
    ...nodeLabelWarnings(spec, path),
    ...annotationWarnings(subject),
    ...volumeWarnings(spec.volumes, path.child('volumes')),
    ...overlappingPathWarnings(spec.volumes),
    ...repeatedWarnings(spec, path),
    ...fractionWarnings(spec.overhead, ['memory', 'ephemeral-storage'], path.child('overhead')),
    ...podSeccompWarnings(subject),
    ...containers.flatMap(([container, at]) => containerWarnings(container, subject, at)),
    ...portWarnings(containers),
    ...(grace !== undefined && grace < 0
      ? [
          `${path.child('terminationGracePeriodSeconds').toString()}: must be >= 0; negative values are invalid and will be treated as 1`,
        ]
      : []),
    ...(spec.affinity ? podAffinityWarnings(spec.affinity, path) : []),
    ...(spec.dnsConfig?.nameservers ?? []).flatMap((address, index) =>
      ipWarnings(path.child('dnsConfig', 'nameservers').index(index), address),
    ),
    ...(spec.hostAliases ?? []).flatMap(({ ip }, index) =>
      ipWarnings(path.child('hostAliases').index(index).child('ip'), ip),
    ),
  ];
}

const deprecatedAnnotations: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod':
    'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls':
    'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls':
    'non-functional in v1.11+; use the "sysctls" field instead',
};

function annotationWarnings({ metadata: { annotations }, metadataPath }: Subject): string[] {
  if (!annotations) return [];
  return Object.keys(deprecatedAnnotations)
    .filter((key) => annotations[key] !== undefined)
    .map((key) => {
      const path = metadataPath.child('annotations').key(key);
      return `${path.toString()}: ${deprecatedAnnotations[key]}`;
    });
}

function repeatedWarnings(
  { hostAliases = [], imagePullSecrets = [] }: PodSpec,
  path: FieldPath,
): string[] {
  if (hostAliases.length === 0 && imagePullSecrets.length === 0) return [];
  const secrets = path.child('imagePullSecrets');
  const names = imagePullSecrets.map(({ name = '' }) => name);
  return [
    ...repeated(hostAliases.map(({ ip }) => ip)).map(
      ([index, ip]) =>
        `${path.child('hostAliases').index(index).child('ip').toString()}: duplicate ip ${goQuote(ip)}`,
    ),
    ...repeated(names).map(
      ([index, name]) =>
        `${secrets.index(index).child('name').toString()}: duplicate name ${goQuote(name)}`,
    ),
    ...names.flatMap((name, index) =>
      name === ''
        ? [`${secrets.index(index).child('name').toString()}: invalid empty name ""`]
        : [],
    ),
  ];
}

/** The values that were there before, with their places. */
function repeated(values: readonly string[]): (readonly [number, string])[] {
  if (new Set(values).size === values.length) return [];
  const seen = new Set<string>();
  return [...values.entries()].filter(([, value]) => {
    const again = seen.has(value);
    seen.add(value);
    return again;
  });
}

const podSeccomp = 'seccomp.security.alpha.kubernetes.io/pod';
const containerSeccomp = 'container.seccomp.security.alpha.kubernetes.io/';
const useSeccompField = 'non-functional in v1.27+; use the "seccompProfile" field instead';

function podSeccompWarnings({ metadata, spec, metadataPath }: Subject): string[] {
  if (
    spec.securityContext?.seccompProfile !== undefined ||
    metadata.annotations?.[podSeccomp] === undefined
  )
    return [];
  return [`${metadataPath.child('annotations').key(podSeccomp).toString()}: ${useSeccompField}`];
}

function containerWarnings(container: Container, subject: Subject, path: FieldPath): string[] {
  const { resources, name, securityContext } = container;
  const key = containerSeccomp + name;
  const hasSeccompText =
    subject.metadata.annotations?.[key] !== undefined &&
    securityContext?.seccompProfile === undefined;
  return [
    ...(hasSeccompText
      ? [`${subject.metadataPath.child('annotations').key(key).toString()}: ${useSeccompField}`]
      : []),
    ...appArmorWarnings(container, subject),
    ...resourceWarnings(resources, path.child('resources')),
    ...environmentWarnings(container.env, path.child('env')),
  ];
}

function resourceWarnings({ limits, requests }: ResourceRequirements, path: FieldPath): string[] {
  if (!limits && !requests) return [];
  return ['memory', 'ephemeral-storage'].flatMap((name) => [
    ...fractionWarnings(limits, [name], path.child('limits')),
    ...fractionWarnings(requests, [name], path.child('requests')),
  ]);
}

/** Pods are warned when the annotation becomes a field. */
function appArmorWarnings(
  { name, securityContext }: Container,
  { metadata, spec, metadataPath, isTemplate }: Subject,
): string[] {
  if (!isTemplate) return [];
  const key = appArmorPrefix + name;
  const annotation = metadata.annotations?.[key];
  if (annotation === undefined || securityContext?.appArmorProfile !== undefined) return [];
  const ofPod = spec.securityContext?.appArmorProfile;
  if (ofPod !== undefined && semanticEqual(ofPod, profileOfAnnotation(annotation))) return [];
  return [
    `${metadataPath.child('annotations').key(key).toString()}: deprecated since v1.30; use the "appArmorProfile" field instead`,
  ];
}

/** A variable that is there twice is fine when the second uses the first. */
function environmentWarnings(variables: readonly EnvVar[] = [], path: FieldPath): string[] {
  return repeated(variables.map(({ name }) => name)).flatMap(([index, name]) => {
    const { value = '', valueFrom } = variables[index] ?? {};
    const reference = `$(${name})`;
    if (valueFrom === undefined && value !== reference && value.includes(reference)) return [];
    return [
      `${path.index(index).toString()}: hides previous definition of ${goQuote(name)}, which may be dropped when using apply`,
    ];
  });
}

function podAffinityWarnings(
  { podAffinity, podAntiAffinity }: Affinity,
  path: FieldPath,
): string[] {
  return [
    ...affinityWarnings(podAffinity, path.child('affinity', 'podAffinity')),
    ...affinityWarnings(podAntiAffinity, path.child('affinity', 'podAntiAffinity')),
  ];
}

function affinityWarnings(affinity: PodAffinity | undefined, path: FieldPath): string[] {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: terms,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
  } = affinity ?? {};
  const warning = (at: FieldPath) =>
    `${at.child('labelSelector').toString()}: a null labelSelector results in matching no pod`;
  const [first, second] = [
    path.child('requiredDuringSchedulingIgnoredDuringExecution'),
    path.child('preferredDuringSchedulingIgnoredDuringExecution'),
  ];
  return [
    ...(terms ?? []).flatMap(({ labelSelector }, index) =>
      labelSelector === undefined ? [warning(first.index(index))] : [],
    ),
    ...(preferred ?? []).flatMap(({ podAffinityTerm: { labelSelector } }, index) =>
      labelSelector === undefined ? [warning(second.index(index).child('podAffinityTerm'))] : [],
    ),
  ];
}
