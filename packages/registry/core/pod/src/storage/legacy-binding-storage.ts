import type { Status } from '@keelson/api-machinery';
import type { Binding } from '@keelson/kubernetes-api/core/v1';
import type {
  Creater,
  CreateOptions,
  Representation,
  RequestContext,
  Storage,
} from '@keelson/rest-interfaces';
import type { BindingStorage } from './binding-storage.ts';

/** `bindings`: the same as `pods/NAME/binding`, with the pod's name in the body. */
export class LegacyBindingStorage implements Storage<Binding>, Creater<Binding, Status> {
  readonly kind = { group: '', version: 'v1', kind: 'Binding' };
  readonly namespaced = true;
  readonly typeId = 'core/v1.Binding';
  readonly singularName = 'binding';
  readonly #bindings: BindingStorage;

  constructor(bindings: BindingStorage) {
    this.#bindings = bindings;
  }

  create(
    binding: Binding,
    options: CreateOptions<Binding>,
    context: RequestContext,
  ): Promise<Representation<Status>> {
    return this.#bindings.create(binding, options, context, binding.metadata.name ?? '');
  }
}
