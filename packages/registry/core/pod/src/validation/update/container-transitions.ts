import { forbidden, type FieldError, type FieldPath } from '@keelson/api-machinery';
import type {
  Container,
  ContainerRestartRule,
  ContainerStatus,
  PodSpec,
  PodStatus,
} from '@keelson/kubernetes-api/core/v1';

/** What has ended and is not to be started again stays so. Behaviour: core/validation ValidateContainerStateTransition and its kin, v1.37. */
export function validateTransitions(
  status: PodStatus,
  old: PodStatus,
  spec: PodSpec,
  path: FieldPath,
): FieldError[] {
  const never = () => false;
  const all = allMayRestart(spec);
  const of = (containers: readonly Container[] | null | undefined) => {
    const byName = new Map(containers?.map((one) => [one.name, one]));
    return (name: string, exitCode: number) => {
      const container = byName.get(name);
      return all || (container !== undefined && shouldRestart(container, spec, exitCode));
    };
  };
  return [
    ...revived(
      status.containerStatuses,
      old.containerStatuses,
      of(spec.containers),
      path.child('containerStatuses'),
    ),
    ...revived(
      status.initContainerStatuses,
      old.initContainerStatuses,
      of(spec.initContainers),
      path.child('initContainerStatuses'),
    ),
    ...revived(
      status.ephemeralContainerStatuses,
      old.ephemeralContainerStatuses,
      never,
      path.child('ephemeralContainerStatuses'),
    ),
  ];
}

function revived(
  statuses: readonly ContainerStatus[] | undefined,
  old: readonly ContainerStatus[] | undefined,
  mayRestart: (name: string, exitCode: number) => boolean,
  path: FieldPath,
): FieldError[] {
  const alive = new Set(
    statuses?.filter(({ state }) => state.terminated === undefined).map(({ name }) => name),
  );
  return (old ?? []).flatMap(({ name, state: { terminated } }, index) => {
    if (terminated === undefined || !alive.has(name)) return [];
    if (mayRestart(name, terminated.exitCode)) return [];
    return [
      forbidden(
        path.index(index).child('state'),
        'may not be transitioned to non-terminated state',
      ),
    ];
  });
}

function allMayRestart({ initContainers = [], containers }: PodSpec): boolean {
  return [...initContainers, ...(containers ?? [])].some(({ restartPolicyRules }) =>
    restartPolicyRules?.some(({ action }) => action === 'RestartAllContainers'),
  );
}

function shouldRestart(
  { restartPolicy, restartPolicyRules }: Container,
  spec: PodSpec,
  exitCode: number,
): boolean {
  if (restartPolicy === undefined) return restarts(spec.restartPolicy, exitCode) ?? true;
  const rule = restartPolicyRules?.find((one) => matches(one, exitCode));
  if (rule?.action === 'Restart') return true;
  return restarts(restartPolicy, exitCode) ?? restarts(spec.restartPolicy, exitCode) ?? true;
}

function matches({ exitCodes }: ContainerRestartRule, exitCode: number): boolean {
  if (exitCodes === undefined) return false;
  const listed = exitCodes.values?.includes(exitCode) ?? false;
  return exitCodes.operator === 'In' ? listed : exitCodes.operator === 'NotIn' && !listed;
}

function restarts(policy: string | undefined, exitCode: number): boolean | undefined {
  if (policy === 'Always') return true;
  if (policy === 'OnFailure') return exitCode !== 0;
  return policy === 'Never' ? false : undefined;
}
