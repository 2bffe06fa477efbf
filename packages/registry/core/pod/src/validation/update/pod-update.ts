import {
  fieldPath,
  forbidden,
  invalid,
  rangeProblem,
  type FieldError,
  type FieldPath,
  type Int64,
} from '@keelson/api-machinery';
import type { Container, Pod, PodSpec, Toleration } from '@keelson/kubernetes-api/core/v1';
import { validateAnnotationUpdates } from '../annotations.ts';
import { validatePod } from '../pod.ts';
import { validateOnlyOpened } from '../scheduling-gates.ts';
import { asGo, asStored } from './as-go.ts';
import { narrowGatedPod } from './gated-pod.ts';
import { sameInGo } from './same-in-go.ts';
import { objectDiff } from './unified-diff.ts';

const path = fieldPath('spec');
const longestDeadline = 2 ** 31 - 1;

const mayChange = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

/** What of a pod may change, and how. Behaviour: core/validation ValidatePodUpdate, v1.37. */
export function validatePodUpdate(pod: Pod, old: Pod): FieldError[] {
  const errors = [
    ...validatePod(pod),
    ...validateAnnotationUpdates(
      pod.metadata.annotations,
      old.metadata.annotations,
      fieldPath('metadata', 'annotations'),
    ),
  ];
  for (const list of ['containers', 'initContainers'] as const) {
    const [containers, before] = [pod.spec[list] ?? [], old.spec[list] ?? []];
    if (containers.length !== before.length)
      return [
        ...errors,
        forbidden(path.child(list), 'pod updates may not add or remove containers'),
      ];
  }
  const deadline = validateDeadline(
    pod.spec.activeDeadlineSeconds,
    old.spec.activeDeadlineSeconds,
    path.child('activeDeadlineSeconds'),
  );
  errors.push(...deadline);
  // Upstream says nothing more of a deadline that is there, and wrong.
  if (deadline.length > 0 && pod.spec.activeDeadlineSeconds !== undefined) return errors;
  errors.push(
    ...validateOnlyAdded(pod.spec.tolerations, old.spec.tolerations, path.child('tolerations')),
  );
  errors.push(
    ...validateOnlyOpened(
      pod.spec.schedulingGates,
      old.spec.schedulingGates,
      path.child('schedulingGates'),
    ),
  );
  return sameInGo(pod.spec, old.spec, 'PodSpec') ? errors : [...errors, ...validateRest(pod, old)];
}

/** A deadline may be set, or come nearer. */
function validateDeadline(
  deadline: Int64 | undefined,
  old: Int64 | undefined,
  at: FieldPath,
): FieldError[] {
  if (deadline === undefined)
    return old === undefined
      ? []
      : [invalid(at, undefined, 'must not update from a positive integer to nil value')];
  if (deadline < 0 || deadline > longestDeadline)
    return [invalid(at, deadline, rangeProblem(0, longestDeadline))];
  return old !== undefined && old < deadline
    ? [invalid(at, deadline, 'must be less than or equal to previous value')]
    : [];
}

function validateOnlyAdded(
  tolerations: readonly Toleration[] = [],
  old: readonly Toleration[] = [],
  at: FieldPath,
): FieldError[] {
  const keys = new Set(tolerations.map(withoutSeconds));
  if (old.every((toleration) => keys.has(withoutSeconds(toleration)))) return [];
  return [forbidden(at, 'existing toleration can not be modified except its tolerationSeconds')];
}

const withoutSeconds = ({ key = '', operator = '', value = '', effect = '' }: Toleration): string =>
  JSON.stringify([key, operator, value, effect]);

/** Nothing else may change. */
function validateRest(pod: Pod, shared: Pod): FieldError[] {
  const old = { ...shared, spec: asStored(shared.spec) };
  const kept = keepChangeable(pod.spec, old.spec);
  const gated = (old.spec.schedulingGates?.length ?? 0) > 0;
  const { errors, rest } = gated ? narrowGatedPod(kept, old, path) : { errors: [], rest: kept };
  if (sameInGo(rest, old.spec, 'PodSpec')) return errors;
  const difference = objectDiff(asGo(old.spec, 'PodSpec'), asGo(rest, 'PodSpec'));
  return [
    ...errors,
    forbidden(path, `pod updates may not change fields other than ${mayChange}\n${difference}`),
  ];
}

/** The new spec with the old one's changeable fields. */
function keepChangeable(spec: PodSpec, old: PodSpec): PodSpec {
  const rest: PodSpec = {
    ...spec,
    containers: withImages(spec.containers ?? [], old.containers ?? []),
  };
  if (spec.initContainers?.length)
    rest.initContainers = withImages(spec.initContainers, old.initContainers ?? []);
  else delete rest.initContainers;
  for (const field of ['activeDeadlineSeconds', 'schedulingGates', 'tolerations'] as const) {
    delete rest[field];
    if (old[field] !== undefined) Object.assign(rest, { [field]: old[field] });
  }
  const grace = old.terminationGracePeriodSeconds;
  if (grace !== undefined && grace < 0 && rest.terminationGracePeriodSeconds === 1)
    rest.terminationGracePeriodSeconds = grace;
  return rest;
}

function withImages(containers: readonly Container[], old: readonly Container[]): Container[] {
  return containers.map((container, index) => {
    const { image: _changed, ...rest } = container;
    const image = old[index]?.image;
    return image === undefined ? rest : { ...rest, image };
  });
}
