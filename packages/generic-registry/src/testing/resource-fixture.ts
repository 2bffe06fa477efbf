import { StatusError, type KubernetesObject } from '@keelson/api-machinery';
import {
  isGetter,
  type Representation,
  type RequestContext,
  type Storage,
} from '@keelson/rest-interfaces';
import type { Resource } from '../resource.ts';
import type { SubresourceStore } from '../store.ts';
import { decoded } from './decoded.ts';
import { openTestStore, type TestResource, type TestStore } from './open-test-store.ts';
import { aContext } from './request-context.ts';

/** What became of a request. */
export interface Answer<T> {
  /** Absent when it was refused. */
  readonly object?: T;
  /** All that is wrong, as `path: message`, or what the Status says when it names no fields; empty when it went well. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** As endpoints answer where a storage has no such verb. */
const notAllowed = new StatusError({
  code: 405,
  reason: 'MethodNotAllowed',
  message: 'the server does not allow this method on the requested resource',
});

export type Body = Readonly<Record<string, unknown>>;

/** A resource on an empty memory backend, and requests of one object of it, whose answers tell all that is wrong. */
export class ResourceFixture<T extends KubernetesObject> implements AsyncDisposable {
  readonly opened: TestStore<T>;
  #name = 'one';

  private constructor(opened: TestStore<T>) {
    this.opened = opened;
  }

  static async open<T extends KubernetesObject>(
    resource: Resource<T>,
    others: readonly TestResource[] = [],
  ): Promise<ResourceFixture<T>> {
    return new ResourceFixture(await openTestStore(resource, others));
  }

  /** Creates an object, named `one` unless it says otherwise. */
  create(body: Body = {}): Promise<Answer<T>> {
    const metadata = { name: 'one', ...(body['metadata'] as Body) };
    this.#name = metadata.name;
    return this.#answered((context) =>
      this.opened.store.create(
        this.opened.decoded({ ...body, metadata }),
        { dryRun: false },
        context,
      ),
    );
  }

  /** Reads the object, changes it and writes it, through the resource or one of its subresources. */
  update<S extends KubernetesObject = T>(
    change: (object: S) => void,
    subresource?: string,
  ): Promise<Answer<S>> {
    const storage = this.#storage(subresource) as unknown as SubresourceStore<S>;
    return this.#answered(async (context) => {
      const apply = (current: S | undefined) => {
        const object = structuredClone(current) as S;
        change(object);
        return Promise.resolve(decoded(storage, object));
      };
      return (await storage.update(this.#name, { apply }, { dryRun: false }, context)).item;
    });
  }

  get<S extends KubernetesObject = T>(subresource?: string): Promise<Answer<S>> {
    const storage = this.#storage(subresource);
    return this.#answered(async (context) => {
      if (!isGetter(storage)) throw notAllowed;
      return (await storage.get(this.#name, {}, context)) as Representation<S>;
    });
  }

  /** Deletes the object; `deleted` says whether it is gone, or only marked. */
  async delete(): Promise<Answer<T> & { readonly deleted: boolean }> {
    let deleted = false;
    const answer = await this.#answered(async (context) => {
      const result = await this.opened.store.delete(this.#name, { dryRun: false }, context);
      deleted = result.deleted;
      return result.last;
    });
    return { ...answer, deleted };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.opened[Symbol.asyncDispose]();
  }

  #storage(subresource: string | undefined): Storage {
    const storage =
      subresource === undefined ? this.opened.store : this.opened.subresource(subresource);
    if (storage === undefined) throw new Error(`there is no ${subresource}`);
    return storage;
  }

  async #answered<S>(
    request: (context: RequestContext) => Promise<Representation<S>>,
  ): Promise<Answer<S>> {
    const warnings: string[] = [];
    const namespace = this.opened.store.namespaced ? 'default' : '';
    try {
      const { object } = await request(aContext({ namespace, warnings }));
      return { object, problems: [], warnings };
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      const causes = error.details?.causes ?? [];
      return {
        problems:
          causes.length === 0
            ? [error.message]
            : causes.map(({ field, message }) => `${field}: ${message}`),
        warnings,
      };
    }
  }
}
