import {
  fieldPath,
  forbidden,
  invalid,
  labelSelectorFromObject,
  notSupported,
  required,
  validateLabelSelector,
  validateNonNegative,
  type FieldError,
  type FieldPath,
  type LabelSelectorMatcher,
} from '@keelson/api-machinery';
import { sameAs } from '@keelson/kubernetes-api';
import type {
  Deployment,
  DeploymentSpec,
  DeploymentStatus,
  DeploymentStrategy,
} from '@keelson/kubernetes-api/apps/v1';
import type { PodTemplateSpec } from '@keelson/kubernetes-api/core/v1';
import { validatePodTemplateSpec } from '@keelson/registry-core-pod';
import { shownSelector } from './shown-selector.ts';
import {
  numberOf,
  validateAtMost100Percent,
  validatePositiveIntOrPercent,
} from './int-or-percent.ts';

const specPath = fieldPath('spec');

/** Behaviour: pkg/apis/apps/validation ValidateDeployment, v1.37. */
export function validateDeployment({ spec }: Deployment): FieldError[] {
  return validateSpec(spec, specPath);
}

/** What a deployment selects never changes. */
export function validateDeploymentUpdate({ spec }: Deployment, old: Deployment): FieldError[] {
  return [
    ...validateSpec(spec, specPath),
    ...(sameAs('meta/v1.LabelSelector', spec.selector, old.spec.selector)
      ? []
      : [invalid(specPath.child('selector'), shownSelector(spec.selector), 'field is immutable')]),
  ];
}

function validateSpec(spec: DeploymentSpec, path: FieldPath): FieldError[] {
  return [
    ...validateNonNegative(spec.replicas ?? 0, path.child('replicas')),
    ...validateSelector(spec, path.child('selector')),
    ...validateTemplate(spec, path),
    ...validateStrategy(spec.strategy, path.child('strategy')),
    ...validateNonNegative(spec.minReadySeconds ?? 0, path.child('minReadySeconds')),
    ...validateNonNegative(spec.revisionHistoryLimit ?? 0, path.child('revisionHistoryLimit')),
    ...validateDeadline(spec, path.child('progressDeadlineSeconds')),
  ];
}

function validateSelector({ selector }: DeploymentSpec, path: FieldPath): FieldError[] {
  if (selector === null) return [required(path)];
  const errors = validateLabelSelector(selector, path);
  const empty =
    Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0;
  return empty
    ? [
        ...errors,
        invalid(path, shownSelector(selector), 'empty selector is invalid for deployment'),
      ]
    : errors;
}

function validateTemplate({ selector, template }: DeploymentSpec, path: FieldPath): FieldError[] {
  let matcher: LabelSelectorMatcher;
  try {
    matcher = labelSelectorFromObject(selector);
  } catch {
    // Which part of it is wrong was said above.
    return [invalid(path.child('selector'), shownSelector(selector), 'invalid label selector')];
  }
  return validateReplicatedTemplate(template, matcher, path.child('template'));
}

/** Behaviour: ValidatePodTemplateSpecForReplicaSet. */
function validateReplicatedTemplate(
  template: PodTemplateSpec,
  selector: LabelSelectorMatcher,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  const labels = template.metadata.labels ?? {};
  if (!selector.empty && !selector.matches(labels)) {
    errors.push(
      invalid(
        path.child('metadata', 'labels'),
        template.metadata.labels,
        '`selector` does not match template `labels`',
      ),
    );
  }
  errors.push(...validatePodTemplateSpec(template, path));
  const { restartPolicy = '', activeDeadlineSeconds } = template.spec;
  if (restartPolicy !== 'Always')
    errors.push(notSupported(path.child('spec', 'restartPolicy'), restartPolicy, ['Always']));
  if (activeDeadlineSeconds !== undefined)
    errors.push(
      forbidden(
        path.child('spec', 'activeDeadlineSeconds'),
        'activeDeadlineSeconds in ReplicaSet is not Supported',
      ),
    );
  return errors;
}

function validateStrategy(strategy: DeploymentStrategy, path: FieldPath): FieldError[] {
  const { type, rollingUpdate } = strategy;
  const rollingPath = path.child('rollingUpdate');
  if (type === 'Recreate') {
    return rollingUpdate === undefined
      ? []
      : [forbidden(rollingPath, "may not be specified when strategy `type` is 'Recreate'")];
  }
  if (type !== 'RollingUpdate')
    return [notSupported(path, goStrategy(strategy), ['Recreate', 'RollingUpdate'])];
  if (rollingUpdate === undefined)
    return [required(rollingPath, 'this should be defaulted and never be nil')];
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
  return [
    ...validatePositiveIntOrPercent(maxUnavailable, rollingPath.child('maxUnavailable')),
    ...validatePositiveIntOrPercent(maxSurge, rollingPath.child('maxSurge')),
    ...(numberOf(maxUnavailable) === 0 && numberOf(maxSurge) === 0
      ? [
          invalid(
            rollingPath.child('maxUnavailable'),
            maxUnavailable,
            'may not be 0 when `maxSurge` is 0',
          ),
        ]
      : []),
    ...validateAtMost100Percent(maxUnavailable, rollingPath.child('maxUnavailable')),
  ];
}

/** The error shows Go's internal type, which has no names of its own for its fields. */
const goStrategy = ({ type = '', rollingUpdate }: DeploymentStrategy): unknown => ({
  Type: type,
  RollingUpdate:
    rollingUpdate === undefined
      ? null
      : {
          MaxUnavailable: rollingUpdate.maxUnavailable ?? 0,
          MaxSurge: rollingUpdate.maxSurge ?? 0,
        },
});

function validateDeadline(
  { progressDeadlineSeconds, minReadySeconds = 0 }: DeploymentSpec,
  path: FieldPath,
): FieldError[] {
  if (progressDeadlineSeconds === undefined) return [];
  const errors = validateNonNegative(progressDeadlineSeconds, path);
  return progressDeadlineSeconds <= minReadySeconds
    ? [...errors, invalid(path, progressDeadlineSeconds, 'must be greater than minReadySeconds')]
    : errors;
}

const counts = [
  'observedGeneration',
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'unavailableReplicas',
  'terminatingReplicas',
  'collisionCount',
] as const satisfies readonly (keyof DeploymentStatus)[];

/** Behaviour: ValidateDeploymentStatusUpdate. */
export function validateStatusUpdate({ status }: Deployment, old: Deployment): FieldError[] {
  const path = fieldPath('status');
  const errors = counts.flatMap((name) => validateNonNegative(status[name] ?? 0, path.child(name)));
  for (const name of ['updatedReplicas', 'readyReplicas', 'availableReplicas'] as const) {
    const value = status[name] ?? 0;
    if (value > (status.replicas ?? 0))
      errors.push(invalid(path.child(name), value, 'cannot be greater than status.replicas'));
  }
  const { availableReplicas = 0, readyReplicas = 0, collisionCount = 0 } = status;
  const { collisionCount: collisionsBefore } = old.status;
  if (availableReplicas > readyReplicas)
    errors.push(
      invalid(
        path.child('availableReplicas'),
        availableReplicas,
        'cannot be greater than readyReplicas',
      ),
    );
  if (
    collisionsBefore !== undefined &&
    (status.collisionCount === undefined || collisionCount < collisionsBefore)
  )
    errors.push(invalid(path.child('collisionCount'), collisionCount, 'cannot be decremented'));
  return errors;
}
