import {
  badRequestError,
  conflictError,
  type DeleteOptions as DeleteOptionsBody,
  fieldPath,
  invalid,
  invalidError,
  notSupported,
  type Status,
  StatusError,
} from '@keelson/api-machinery';
import type { RegistryEnvironment, Store, SubresourceStore } from '@keelson/generic-registry';
import type { Pod } from '@keelson/kubernetes-api/core/v1';
import type { Eviction, PodDisruptionBudget } from '@keelson/kubernetes-api/policy/v1';
import type {
  Creater,
  CreateOptions,
  DeleteOptions,
  Representation,
  RequestContext,
  Storage,
  UpdatedObject,
} from '@keelson/rest-interfaces';
import { isPodReady, setPodCondition } from '../conditions.ts';
import { budgetsOf, stillProcessing, takeDisruption } from './disruption-budget.ts';
import { success } from './success.ts';

/** How often an eviction starts anew because somebody else changed the pod. Behaviour: eviction.go EvictionsRetry. */
const attempts = 20;

interface Request {
  readonly name: string;
  readonly options: DeleteOptions<Pod>;
  readonly context: RequestContext;
}

/**
 * `pods/NAME/eviction`: deletes a pod unless that would disrupt more than its budget allows.
 * Behaviour: registry/core/pod/storage EvictionREST, v1.37.
 */
export class EvictionStorage implements Storage<Eviction>, Creater<Eviction, Status> {
  readonly kind = { group: 'policy', version: 'v1', kind: 'Eviction' };
  /** Older versions whose bodies it takes, too. */
  readonly alsoAccepts = [{ group: 'policy', version: 'v1beta1', kind: 'Eviction' }];
  readonly namespaced = true;
  readonly typeId = 'policy/v1.Eviction';
  readonly #pods: Store<Pod>;
  readonly #status: SubresourceStore<Pod>;
  readonly #environment: RegistryEnvironment;

  constructor(pods: Store<Pod>, status: SubresourceStore<Pod>, environment: RegistryEnvironment) {
    this.#pods = pods;
    this.#status = status;
    this.#environment = environment;
  }

  async create(
    eviction: Eviction,
    options: CreateOptions<Eviction>,
    context: RequestContext,
    name: string,
  ): Promise<Representation<Status>> {
    if (name !== (eviction.metadata.name ?? ''))
      throw badRequestError('name in URL does not match name in Eviction object');
    const { deleteOptions } = eviction;
    if (deleteOptions?.ignoreStoreReadErrorWithClusterBreakingPotential === true)
      throw notIgnorable(name);
    checkDryRun(deleteOptions?.dryRun, options.dryRun);
    await options.validate?.(structuredClone(eviction), undefined);
    const request = { name, options: deletionOf(deleteOptions, options.dryRun), context };
    const pod = await this.#deleteUnprotected(request);
    if (pod !== undefined) await this.#evict(request, pod);
    return success();
  }

  /** Deletes a pod whose end disrupts nothing. Resolves with the pod when it does. */
  async #deleteUnprotected(request: Request): Promise<Pod | undefined> {
    for (let attempt = 1; ; attempt++) {
      const pod = (await this.#pods.get(request.name, {}, request.context)).object;
      if (!isUnprotected(pod)) return pod;
      const options =
        isOver(pod) || asksForVersion(request.options)
          ? request.options
          : atVersion(request.options, pod);
      try {
        await this.#delete({ ...request, options });
        return undefined;
      } catch (error) {
        if (!isConflict(error) || asksForVersion(request.options) || attempt === attempts)
          throw error;
      }
    }
  }

  async #evict(request: Request, pod: Pod): Promise<void> {
    const budgets = this.#environment.store<PodDisruptionBudget>('policy', 'poddisruptionbudgets');
    const [budget, ...more] = budgets === undefined ? [] : await budgetsOf(pod, budgets);
    if (more.length > 0) throw tooManyBudgets();
    if (budgets === undefined || budget === undefined) {
      await this.#delete(request);
      return;
    }
    const name = budget.metadata.name ?? '';
    if (isExpendable(pod, budget)) await this.#deleteExpendable(request, pod, name);
    else {
      await this.#takeDisruption(budgets, name, request);
      await this.#delete(request);
    }
  }

  async #takeDisruption(
    budgets: Store<PodDisruptionBudget>,
    name: string,
    { name: podName, context, options: { dryRun } }: Request,
  ) {
    await budgets.mutate(
      context.namespace,
      name,
      (budget) => takeDisruption(budget, podName, this.#environment.clock),
      { dryRun },
    );
  }

  /** The pod must still be as it was when it was found to be no loss. */
  async #deleteExpendable(request: Request, pod: Pod, budgetName: string): Promise<void> {
    try {
      await this.#delete({ ...request, options: atVersion(request.options, pod) });
    } catch (error) {
      throw isConflict(error) && !asksForVersion(request.options)
        ? stillProcessing(budgetName)
        : error;
    }
  }

  async #delete({ name, options, context }: Request): Promise<void> {
    if (options.dryRun) {
      await this.#pods.delete(name, options, context);
      return;
    }
    const { item } = await this.#status.update(
      name,
      this.#withCondition(options),
      { dryRun: false },
      context,
    );
    // The update was ours: the version that was asked for has become this one.
    await this.#pods.delete(
      name,
      asksForVersion(options) ? atVersion(options, item.object) : options,
      context,
    );
  }

  #withCondition({ preconditions }: DeleteOptions<Pod>): UpdatedObject<Pod> {
    return {
      apply: (current) => {
        // An update of a missing pod ends before this.
        const pod = structuredClone(current) as Pod;
        checkPreconditions(pod, preconditions);
        setPodCondition(pod.status, disrupted, this.#environment.clock.now());
        return Promise.resolve(pod);
      },
    };
  }
}

const disrupted = {
  type: 'DisruptionTarget',
  status: 'True',
  reason: 'EvictionByEvictionAPI',
  message: 'Eviction API: evicting',
};

function deletionOf(body: DeleteOptionsBody | undefined, dryRun: boolean): DeleteOptions<Pod> {
  const { gracePeriodSeconds, orphanDependents, preconditions, propagationPolicy } = body ?? {};
  return {
    dryRun: dryRun || (body?.dryRun?.length ?? 0) > 0,
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(orphanDependents === undefined ? {} : { orphanDependents }),
    ...(preconditions === undefined ? {} : { preconditions }),
    ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
  };
}

/** The body's own `dryRun`, which the request's parameters do not show. */
function checkDryRun(dryRun: readonly string[] = [], ofRequest: boolean): void {
  if (dryRun.every((one) => one === 'All')) return;
  if (ofRequest) throw unequalDryRuns(dryRun);
  throw invalidError({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', [
    notSupported(fieldPath('dryRun'), dryRun, ['All']),
  ]);
}

/** An error that upstream gives no reason. */
const unequalDryRuns = (dryRun: readonly string[]): StatusError =>
  new StatusError({
    code: 500,
    reason: '',
    message: `Non-matching dry-run options in request and content: [All] and [${dryRun.join(' ')}]`,
  });

const asksForVersion = ({ preconditions }: DeleteOptions<Pod>): boolean =>
  preconditions?.resourceVersion !== undefined;

function atVersion(options: DeleteOptions<Pod>, { metadata }: Pod): DeleteOptions<Pod> {
  return {
    ...options,
    preconditions: { ...options.preconditions, resourceVersion: metadata.resourceVersion },
  };
}

const isConflict = (error: unknown): boolean =>
  error instanceof StatusError && error.reason === 'Conflict';

const isOver = ({ metadata, status }: Pod): boolean =>
  status.phase === 'Succeeded' ||
  status.phase === 'Failed' ||
  metadata.deletionTimestamp !== undefined;

const isUnprotected = (pod: Pod): boolean => isOver(pod) || pod.status.phase === 'Pending';

/** A pod that does not serve is no loss, unless its budget says that it could still come to. */
function isExpendable(pod: Pod, { spec, status }: PodDisruptionBudget): boolean {
  if (isPodReady(pod)) return false;
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  return status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0;
}

function checkPreconditions(
  { metadata }: Pod,
  preconditions: DeleteOptions['preconditions'],
): void {
  const { uid, resourceVersion } = preconditions ?? {};
  if (uid && uid !== metadata.uid)
    throw changed(metadata.name, 'UID', uid, metadata.uid, 'deleted and then recreated');
  if (resourceVersion && resourceVersion !== metadata.resourceVersion) {
    throw changed(
      metadata.name,
      'ResourceVersion',
      resourceVersion,
      metadata.resourceVersion,
      'modified',
    );
  }
}

function changed(
  name: string | undefined,
  what: string,
  given: string,
  found: string | undefined,
  how: string,
): StatusError {
  const why = `the ${what} in the precondition (${given}) does not match the ${what} in record (${found}). The object might have been ${how}`;
  return conflictError({ group: '', resource: 'Pod' }, name ?? '', why);
}

function notIgnorable(name: string): StatusError {
  const path = 'deleteOptions.ignoreStoreReadErrorWithClusterBreakingPotential';
  return invalidError({ group: 'policy', kind: 'Eviction' }, name, [
    invalid(path, true, 'can not be set for pod eviction, try after removing the option'),
  ]);
}

function tooManyBudgets(): StatusError {
  const message =
    'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
  return new StatusError({ code: 500, reason: '', message });
}
