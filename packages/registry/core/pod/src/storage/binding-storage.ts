import {
  badRequestError,
  conflictError,
  fieldErrorMessage,
  goQuote,
  StatusError,
  type Status,
} from '@keelson/api-machinery';
import type { RegistryEnvironment, Store } from '@keelson/generic-registry';
import type { Binding, Pod } from '@keelson/kubernetes-api/core/v1';
import type {
  Creater,
  CreateOptions,
  Representation,
  RequestContext,
  Storage,
} from '@keelson/rest-interfaces';
import { setPodCondition } from '../conditions.ts';
import { validatePodBinding } from '../validation/binding.ts';
import { success } from './success.ts';
import { dropObsoleteAnnotations } from '../strategy/drop-disabled-fields.ts';

/** `pods/NAME/binding`: puts a pod on a node, once. Behaviour: registry/core/pod/storage BindingREST, v1.37. */
export class BindingStorage implements Storage<Binding>, Creater<Binding, Status> {
  readonly kind = { group: '', version: 'v1', kind: 'Binding' };
  readonly namespaced = true;
  readonly typeId = 'core/v1.Binding';
  /** The UID and resourceVersion in a request's body are preconditions. */
  readonly preservesSystemFields = true;
  readonly #pods: Store<Pod>;
  readonly #environment: RegistryEnvironment;

  constructor(pods: Store<Pod>, environment: RegistryEnvironment) {
    this.#pods = pods;
    this.#environment = environment;
  }

  async create(
    binding: Binding,
    options: CreateOptions<Binding>,
    context: RequestContext,
    name: string,
  ): Promise<Representation<Status>> {
    if (name !== (binding.metadata.name ?? ''))
      throw badRequestError('name in URL does not match name in Binding object');
    const errors = validatePodBinding(binding);
    if (errors.length > 0) throw invalidBinding(errors.map(fieldErrorMessage));
    await options.validate?.(structuredClone(binding), undefined);
    await this.#bind(binding, name, context.namespace, options.dryRun);
    return success();
  }

  async #bind(binding: Binding, name: string, namespace: string, dryRun: boolean): Promise<void> {
    const { root } = this.#environment;
    // A dry run of upstream's knows nothing of the root.
    const key = `${dryRun ? '' : root}/pods/${namespace}/${name}`;
    try {
      await this.#pods.mutate(
        namespace,
        name,
        (pod, { object }) => {
          checkPreconditions(binding, object, key);
          return assign(pod, binding, this.#environment.clock.now());
        },
        { dryRun },
      );
    } catch (error) {
      if (error instanceof NotAssignable)
        throw conflictError({ group: '', resource: 'pods/binding' }, name, error.message);
      throw error;
    }
  }
}

/** Why a pod cannot be put on a node. */
class NotAssignable extends Error {}

/** `key` is the pod's in the backend, which upstream's message names. */
function checkPreconditions({ metadata }: Binding, { metadata: current }: Pod, key: string): void {
  const { uid, resourceVersion } = metadata;
  if (uid && uid !== current.uid)
    throw preconditionFailed(current.name, key, 'UID', uid, current.uid);
  if (resourceVersion && resourceVersion !== current.resourceVersion) {
    throw preconditionFailed(
      current.name,
      key,
      'ResourceVersion',
      resourceVersion,
      current.resourceVersion,
    );
  }
}

function preconditionFailed(
  name = '',
  key: string,
  what: string,
  given: string,
  found = '',
): StatusError {
  const why = `Precondition failed: ${what} in precondition: ${given}, ${what} in object meta: ${found}`;
  return conflictError(
    { group: '', resource: 'pods' },
    name,
    `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`,
  );
}

function assign(pod: Pod, { metadata, target }: Binding, now: number): Pod {
  const { name } = pod.metadata;
  if (pod.metadata.deletionTimestamp !== undefined)
    throw new NotAssignable(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (pod.spec.nodeName)
    throw new NotAssignable(
      `pod ${name} is already assigned to node ${goQuote(pod.spec.nodeName)}`,
    );
  if ((pod.spec.schedulingGates?.length ?? 0) > 0)
    throw new NotAssignable(`pod ${name} has non-empty .spec.schedulingGates`);
  pod.spec.nodeName = target.name ?? '';
  delete pod.status.nominatedNodeName;
  const annotations = { ...pod.metadata.annotations, ...metadata.annotations };
  dropObsoleteAnnotations(annotations);
  if (Object.keys(annotations).length > 0) pod.metadata.annotations = annotations;
  if (Object.keys(metadata.labels ?? {}).length > 0)
    pod.metadata.labels = { ...pod.metadata.labels, ...metadata.labels };
  setPodCondition(pod.status, { type: 'PodScheduled', status: 'True' }, now);
  return pod;
}

/** Upstream gives the bare list of errors, which its handlers make a 500. */
function invalidBinding(messages: readonly string[]): StatusError {
  const [first = ''] = messages;
  return new StatusError({
    code: 500,
    reason: '',
    message: messages.length === 1 ? first : `[${messages.join(', ')}]`,
  });
}
