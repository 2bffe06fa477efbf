import {
  duplicate,
  invalid,
  required,
  tooMany,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type {
  Container,
  ContainerResizePolicy,
  ContainerRestartRule,
} from '@keelson/kubernetes-api/core/v1';
import { eachOf, oneOf } from './findings.ts';

/** Behaviour: core/validation validatePullPolicy, v1.37. */
export function validatePullPolicy(policy: string | undefined, path: FieldPath): FieldError[] {
  return policy ? oneOf(path, policy, ['Always', 'IfNotPresent', 'Never']) : [required(path)];
}

/** Behaviour: core/validation validateContainerCommon, v1.37. */
export function validateMessagePolicy(policy: string | undefined, path: FieldPath): FieldError[] {
  return policy ? oneOf(path, policy, ['File', 'FallbackToLogsOnError']) : [required(path)];
}

/** How a container may be resized. Behaviour: core/validation validateResizePolicy, v1.37. */
export function validateResizePolicies(
  policies: readonly ContainerResizePolicy[] | undefined,
  podPolicy: string | undefined,
  path: FieldPath,
): FieldError[] {
  const seen = new Set<string>();
  return eachOf(policies, path, ({ resourceName, restartPolicy }, at) => {
    const errors = seen.has(resourceName) ? [duplicate(at, resourceName)] : [];
    seen.add(resourceName);
    errors.push(
      ...(resourceName ? oneOf(path, resourceName, ['cpu', 'memory']) : [required(path)]),
    );
    errors.push(
      ...(restartPolicy
        ? oneOf(path, restartPolicy, ['NotRequired', 'RestartContainer'])
        : [required(path)]),
    );
    if (podPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      errors.push(
        invalid(path, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'"),
      );
    }
    return errors;
  });
}

const mostRules = 20;
const mostExitCodes = 255;

/** When a container is started again. Behaviour: core/validation validateContainerRestartPolicy, v1.37. */
export function validateRestartPolicy(
  { restartPolicy, restartPolicyRules: rules = [] }: Container,
  path: FieldPath,
): FieldError[] {
  if (restartPolicy === undefined && rules.length === 0) return [];
  const errors: FieldError[] = [];
  if (restartPolicy === undefined) {
    if (rules.length > 0)
      errors.push(
        required(
          path.child('restartPolicy'),
          'must specify restartPolicy when restart rules are used',
        ),
      );
  } else
    errors.push(
      ...oneOf(path.child('restartPolicy'), restartPolicy, ['Always', 'Never', 'OnFailure']),
    );
  const at = path.child('restartPolicyRules');
  if (rules.length > mostRules) errors.push(tooMany(at, rules.length, mostRules));
  return [...errors, ...eachOf(rules, at, validateRestartRule)];
}

/** Rules say nothing without a policy; upstream then looks no further. Behaviour: core/validation validateInitContainerRestartPolicy, v1.37. */
export function validateInitRestartPolicy(container: Container, path: FieldPath): FieldError[] {
  if (container.restartPolicy !== undefined) return validateRestartPolicy(container, path);
  if (!container.restartPolicyRules?.length) return [];
  return [
    required(path.child('restartPolicy'), 'must specify restartPolicy when restart rules are used'),
  ];
}

function validateRestartRule(
  { action, exitCodes }: ContainerRestartRule,
  path: FieldPath,
): FieldError[] {
  const errors = oneOf(path.child('action'), action ?? '', ['Restart', 'RestartAllContainers']);
  if (exitCodes === undefined)
    return [...errors, required(path.child('exitCodes'), 'must be specified')];
  const at = path.child('exitCodes');
  errors.push(...oneOf(at.child('operator'), exitCodes.operator ?? '', ['In', 'NotIn']));
  const count = exitCodes.values?.length ?? 0;
  if (count > mostExitCodes) errors.push(tooMany(at.child('values'), count, mostExitCodes));
  return errors;
}
