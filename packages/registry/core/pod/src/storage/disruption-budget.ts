import {
  formatTime,
  forbiddenError,
  labelSelectorFromObject,
  StatusError,
  type Clock,
  type StatusCause,
} from '@keelson/api-machinery';
import type { Store } from '@keelson/generic-registry';
import type { Pod } from '@keelson/kubernetes-api/core/v1';
import type { PodDisruptionBudget } from '@keelson/kubernetes-api/policy/v1';

/** How many evictions may be under way before the controller has seen any. Behaviour: eviction.go MaxDisruptedPodSize. */
const mostDisruptedPods = 2000;

/** The budgets that protect a pod. */
export async function budgetsOf(
  pod: Pod,
  budgets: Store<PodDisruptionBudget>,
): Promise<readonly PodDisruptionBudget[]> {
  const all = await budgets.all(pod.metadata.namespace ?? '');
  return all.map(({ object }) => object).filter(({ spec }) => protects(spec.selector, pod));
}

function protects(selector: PodDisruptionBudget['spec']['selector'], { metadata }: Pod): boolean {
  try {
    return labelSelectorFromObject(selector).matches(metadata.labels);
  } catch {
    // A selector that cannot be (stored before its rules were) matches nothing, as upstream.
    return false;
  }
}

/** Takes one disruption from the budget for the pod; throws 429 or 403 when there is none. */
export function takeDisruption(
  budget: PodDisruptionBudget,
  podName: string,
  clock: Clock,
): PodDisruptionBudget {
  checkDisruption(budget);
  const { status } = budget;
  status.disruptionsAllowed -= 1;
  if (status.disruptionsAllowed === 0) setDisruptionAllowed(budget, clock);
  status.disruptedPods = { ...status.disruptedPods, [podName]: formatTime(clock.now()) };
  return budget;
}

function checkDisruption({ metadata, status }: PodDisruptionBudget): void {
  const name = metadata.name ?? '';
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0)) throw stillProcessing(name);
  if (status.disruptionsAllowed < 0)
    throw notAllowed(
      name,
      'pdb disruptions allowed is negative',
      'pdb disruptions allowed is negative',
    );
  if (Object.keys(status.disruptedPods ?? {}).length > mostDisruptedPods) {
    throw notAllowed(
      name,
      'DisruptedPods map too big - too many evictions not confirmed by PDB controller',
      'too many pending evictions not confirmed by PDB controller',
    );
  }
  if (status.disruptionsAllowed === 0) throw wouldViolate(whyNone(name, status));
}

/** The budget's numbers are out of date: try again later. */
export function stillProcessing(name: string): StatusError {
  return wouldViolate(`The disruption budget ${name} is still being processed by the server.`, {
    retryAfterSeconds: 10,
  });
}

const cause = (message: string): StatusCause => ({ reason: 'DisruptionBudget', message });

function wouldViolate(
  message: string,
  wait: { readonly retryAfterSeconds?: number } = {},
): StatusError {
  const details = { causes: [cause(message)], ...wait };
  return new StatusError({
    code: 429,
    reason: 'TooManyRequests',
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details,
  });
}

function notAllowed(name: string, why: string, because: string): StatusError {
  const error = forbiddenError({ group: 'policy', resource: 'poddisruptionbudget' }, name, why);
  const causes = [
    cause(`The disruption budget ${name} does not allow evicting pods currently: ${because}`),
  ];
  return new StatusError({
    code: error.code,
    reason: error.reason,
    message: error.message,
    details: { ...error.details, causes },
  });
}

function whyNone(name: string, status: PodDisruptionBudget['status']): string {
  const condition = status.conditions?.find(({ type }) => type === 'DisruptionAllowed');
  const said = condition?.status === 'False' && condition.message ? condition : undefined;
  const now = `The disruption budget ${name} does not allow evicting pods currently`;
  if (said?.reason === 'SyncFailed') return `${now} because it failed sync: ${said.message}`;
  if (status.currentHealthy <= status.desiredHealthy) {
    return `The disruption budget ${name} needs ${status.desiredHealthy} healthy pods and has ${status.currentHealthy} currently`;
  }
  return said === undefined ? now : `${now} (${said.reason}): ${said.message}`;
}

/** Behaviour: component-helpers pdb UpdateDisruptionAllowedCondition, v1.37. */
function setDisruptionAllowed({ status }: PodDisruptionBudget, clock: Clock): void {
  const conditions = (status.conditions ??= []);
  const old = conditions.find(({ type }) => type === 'DisruptionAllowed');
  const next = {
    type: 'DisruptionAllowed',
    status: 'False',
    reason: 'InsufficientPods',
    message: '',
    observedGeneration: status.observedGeneration ?? 0,
  };
  if (old === undefined) conditions.push({ ...next, lastTransitionTime: formatTime(clock.now()) });
  else
    Object.assign(
      old,
      next,
      old.status === 'False' ? {} : { lastTransitionTime: formatTime(clock.now()) },
    );
}
