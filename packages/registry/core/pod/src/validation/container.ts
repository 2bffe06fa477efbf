import {
  duplicate,
  forbidden,
  invalid,
  notFound,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { Container, EphemeralContainer } from '@keelson/kubernetes-api/core/v1';
import { isSidecar } from '../pod-level-resources.ts';
import {
  validateInitRestartPolicy,
  validateMessagePolicy,
  validatePullPolicy,
  validateResizePolicies,
  validateRestartPolicy,
} from './container-policies.ts';
import { validateContainerPorts, validateHostPorts } from './container-ports.ts';
import { validateEnvironment, validateEnvironmentSources } from './environment.ts';
import { dnsLabel, eachOf, ifSet } from './findings.ts';
import type { SpecContext } from './options.ts';
import { validateLifecycle, validateProbes } from './probes.ts';
import { validateContainerResources } from './resources.ts';
import { validateSecurityContext } from './security-context.ts';
import { validateVolumeDevices, validateVolumeMounts } from './volume-mounts.ts';

/** What all sorts of containers have in common. Behaviour: core/validation validateContainerCommon, v1.37. */
function validateCommon(container: Container, context: SpecContext, path: FieldPath): FieldError[] {
  const { spec } = context;
  const { resizePolicy, securityContext } = container;
  return [
    ...(container.name
      ? dnsLabel(container.name, path.child('name'))
      : [required(path.child('name'))]),
    ...(container.image ? [] : [required(path.child('image'))]),
    ...validateMessagePolicy(
      container.terminationMessagePolicy,
      path.child('terminationMessagePolicy'),
    ),
    ...ifSet(container, 'ports', path, validateContainerPorts),
    ...ifSet(container, 'env', path, validateEnvironment),
    ...ifSet(container, 'envFrom', path, validateEnvironmentSources),
    ...validateVolumeMounts(container, context, path.child('volumeMounts')),
    ...(container.volumeDevices
      ? validateVolumeDevices(container, context, path.child('volumeDevices'))
      : []),
    ...validatePullPolicy(container.imagePullPolicy, path.child('imagePullPolicy')),
    ...validateContainerResources(container.resources, context.claims, path.child('resources')),
    ...(resizePolicy
      ? validateResizePolicies(resizePolicy, spec.restartPolicy, path.child('resizePolicy'))
      : []),
    ...(securityContext
      ? validateSecurityContext(
          securityContext,
          spec.hostUsers ?? true,
          path.child('securityContext'),
        )
      : []),
  ];
}

/** Behaviour: core/validation validateContainers, v1.37. */
export function validateContainers(context: SpecContext, path: FieldPath): FieldError[] {
  const { containers, terminationGracePeriodSeconds: grace } = context.spec;
  if (!containers?.length) return [required(path)];
  const names = new Set<string>();
  const errors = eachOf(containers, path, (container, at) => {
    const found = validateCommon(container, context, at);
    if (names.has(container.name)) found.push(duplicate(at.child('name'), container.name));
    names.add(container.name);
    return [
      ...found,
      ...(container.lifecycle
        ? validateLifecycle(container.lifecycle, grace, at.child('lifecycle'))
        : []),
      ...validateProbes(container, grace, at),
      ...validateRestartPolicy(container, at),
    ];
  });
  return [...errors, ...validateHostPorts(containers, path)];
}

/** Behaviour: core/validation validateInitContainers, v1.37. */
export function validateInitContainers(context: SpecContext, path: FieldPath): FieldError[] {
  const { initContainers, containers } = context.spec;
  const names = new Set((containers ?? []).map(({ name }) => name));
  return eachOf(initContainers, path, (container, at) => {
    const errors = [
      ...validateCommon(container, context, at),
      ...validateInitRestartPolicy(container, at),
    ];
    if (names.has(container.name)) errors.push(duplicate(at.child('name'), container.name));
    else if (container.name) names.add(container.name);
    // Each on its own, and upstream names the first.
    errors.push(...validateHostPorts([container], path));
    return [
      ...errors,
      ...(isSidecar(container)
        ? validateSidecar(container, context, at)
        : validateOnce(container, at)),
    ];
  });
}

function validateSidecar(
  container: Container,
  { spec }: SpecContext,
  path: FieldPath,
): FieldError[] {
  const grace = spec.terminationGracePeriodSeconds;
  return [
    ...validateLifecycle(container.lifecycle, grace, path.child('lifecycle')),
    ...validateProbes(container, grace, path),
  ];
}

/** An init container that runs to its end. */
function validateOnce(container: Container, path: FieldPath): FieldError[] {
  const errors = (['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const)
    .filter((field) => container[field] !== undefined)
    .map((field) =>
      forbidden(
        path.child(field),
        'may not be set for init containers without restartPolicy=Always',
      ),
    );
  for (const [index, { restartPolicy }] of (container.resizePolicy ?? []).entries()) {
    if (restartPolicy !== 'RestartContainer') continue;
    const at = path.child('resizePolicy').index(index).child('restartPolicy');
    errors.push(
      invalid(
        at,
        restartPolicy,
        "must not be set to 'RestartContainer' for non-sidecar initContainers",
      ),
    );
  }
  return errors;
}

// All others upstream names in the order of the type's fields.
const forbiddenInEphemeral = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;

/** Behaviour: core/validation validateEphemeralContainers, v1.37. */
export function validateEphemeralContainers(context: SpecContext, path: FieldPath): FieldError[] {
  const { ephemeralContainers, containers, initContainers } = context.spec;
  const others = new Set(
    [...(containers ?? []), ...(initContainers ?? [])].map(({ name }) => name),
  );
  const names = new Set(others);
  return eachOf(ephemeralContainers, path, (container, at) => {
    const errors = [...validateCommon(container, context, at), ...validateImage(container, at)];
    if (names.has(container.name)) errors.push(duplicate(at.child('name'), container.name));
    names.add(container.name);
    const target = container.targetContainerName;
    if (target && !others.has(target))
      errors.push(notFound(at.child('targetContainerName'), target));
    return [...errors, ...validateEphemeralFields(container, at)];
  });
}

function validateEphemeralFields(container: EphemeralContainer, path: FieldPath): FieldError[] {
  const why = 'cannot be set for an Ephemeral Container';
  const errors = forbiddenInEphemeral
    .filter((field) => isSet(field, container[field]))
    .map((field) => forbidden(path.child(field), why));
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    for (const field of ['subPath', 'subPathExpr'] as const) {
      if (mount[field])
        errors.push(forbidden(path.child('volumeMounts').index(index).child(field), why));
    }
  }
  return errors;
}

/** Resources are always there, and may be empty. */
function isSet(field: string, value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return field !== 'resources' || Object.keys(value).length > 0;
}

/** Of pods only: templates may have been stored with such images. */
export function validateImage({ image = '' }: Container, path: FieldPath): FieldError[] {
  return image.trim() === image
    ? []
    : [invalid(path.child('image'), image, 'must not have leading or trailing whitespace')];
}
