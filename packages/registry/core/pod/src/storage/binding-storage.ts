import { badRequestError, conflictError, internalServerError, StatusError, type Clock, type Status } from '@keelson/api-machinery';
import type { Store } from '@keelson/generic-registry';
import type { Binding, Pod } from '@keelson/kubernetes-api/core/v1';
import type { Creater, CreateOptions, Representation, RequestContext, Storage } from '@keelson/rest-interfaces';
import { setPodCondition } from '../conditions.ts';
import { validatePodBinding } from '../validation/binding.ts';
import { success } from './success.ts';
import { fieldErrorMessage } from '@keelson/api-machinery';

/** `pods/NAME/binding`: puts a pod on a node, once. Behaviour: registry/core/pod/storage BindingREST, v1.37. */
export class BindingStorage implements Storage<Binding>, Creater<Binding, Status> {
  readonly kind = { group: '', version: 'v1', kind: 'Binding' };
  readonly namespaced = true;
  readonly typeId = 'core/v1.Binding';
  /** The UID and resourceVersion in a request's body are preconditions. */
  readonly preservesSystemFields = true;
  readonly #pods: Store<Pod>;
  readonly #clock: Clock;

  constructor(pods: Store<Pod>, clock: Clock) {
    this.#pods = pods;
    this.#clock = clock;
  }

  async create(binding: Binding, options: CreateOptions<Binding>, context: RequestContext, name: string): Promise<Representation<Status>> {
    if (name !== (binding.metadata.name ?? '')) throw badRequestError('name in URL does not match name in Binding object');
    const errors = validatePodBinding(binding);
    if (errors.length > 0) throw internalError(errors.map(fieldErrorMessage));
    await options.validate?.(structuredClone(binding), undefined);
    await this.#bind(binding, name, context.namespace, options.dryRun);
    return success();
  }

  async #bind(binding: Binding, name: string, namespace: string, dryRun: boolean): Promise<void> {
    try {
      await this.#pods.mutate(
        namespace,
        name,
        (pod, { object }) => {
          checkPreconditions(binding, object);
          return assign(pod, binding, this.#clock.now());
        },
        { dryRun },
      );
    } catch (error) {
      if (error instanceof NotAssignable) throw conflictError({ group: '', resource: 'pods/binding' }, name, error.message);
      throw error;
    }
  }
}

/** Why a pod cannot be put on a node. */
class NotAssignable extends Error {}

function checkPreconditions({ metadata }: Binding, pod: Pod): void {
  const { uid, resourceVersion } = metadata;
  const name = pod.metadata.name ?? '';
  if (uid && uid !== pod.metadata.uid) throw preconditionFailed(name, 'UID', uid, pod.metadata.uid);
  if (resourceVersion && resourceVersion !== pod.metadata.resourceVersion) {
    throw preconditionFailed(name, 'ResourceVersion', resourceVersion, pod.metadata.resourceVersion);
  }
}

function preconditionFailed(name: string, what: string, given: string, found: string | undefined): StatusError {
  return conflictError({ group: '', resource: 'pods' }, name, `Precondition failed: ${what} in precondition: ${given}, ${what} in object meta: ${found ?? ''}`);
}

/** Annotations that init containers had before they had a field; removed in v1.8. */
const obsolete = /^pod\.(alpha|beta)\.kubernetes\.io\/init-container(s|-statuses)$/;

function assign(pod: Pod, { metadata, target }: Binding, now: number): Pod {
  const { name } = pod.metadata;
  if (pod.metadata.deletionTimestamp !== undefined) throw new NotAssignable(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (pod.spec.nodeName) throw new NotAssignable(`pod ${name} is already assigned to node ${JSON.stringify(pod.spec.nodeName)}`);
  if ((pod.spec.schedulingGates?.length ?? 0) > 0) throw new NotAssignable(`pod ${name} has non-empty .spec.schedulingGates`);
  pod.spec.nodeName = target.name ?? '';
  delete pod.status.nominatedNodeName;
  const annotations = Object.entries({ ...pod.metadata.annotations, ...metadata.annotations }).filter(([key]) => !obsolete.test(key));
  if (annotations.length > 0) pod.metadata.annotations = Object.fromEntries(annotations);
  if (Object.keys(metadata.labels ?? {}).length > 0) pod.metadata.labels = { ...pod.metadata.labels, ...metadata.labels };
  setPodCondition(pod.status, { type: 'PodScheduled', status: 'True' }, now);
  return pod;
}

/** Upstream gives the bare list of errors, which its handlers make a 500. */
function internalError(messages: readonly string[]): StatusError {
  const [first = ''] = messages;
  return internalServerError(new Error(messages.length === 1 ? first : `[${messages.join(', ')}]`));
}
