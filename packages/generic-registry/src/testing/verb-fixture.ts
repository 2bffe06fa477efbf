import { StatusError } from '@keelson/api-machinery';
import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';
import type { RequestContext, WatchEvent } from '@keelson/rest-interfaces';
import type { Resource } from '../resource.ts';
import { openTestStore, type TestStore } from './open-test-store.ts';
import { aContext } from './request-context.ts';

/** What a test of the verbs says of the kind that they work on. */
export type Special = Partial<Omit<Resource<ConfigMap>, 'kind' | 'typeId' | 'plural'>>;

/** The store of a kind that is as plain as can be, but for what the test says of it. */
export class VerbFixture implements AsyncDisposable {
  readonly opened: TestStore<ConfigMap>;
  readonly warnings: string[] = [];
  readonly context: RequestContext;

  private constructor(opened: TestStore<ConfigMap>) {
    this.opened = opened;
    this.context = aContext({ namespace: 'default', warnings: this.warnings });
  }

  static async open({ strategy, ...special }: Special = {}): Promise<VerbFixture> {
    const resource: Resource<ConfigMap> = {
      kind: 'ConfigMap',
      typeId: 'core/v1.ConfigMap',
      plural: 'configmaps',
      strategy: { namespaced: true, ...strategy },
      ...special,
    };
    return new VerbFixture(await openTestStore(resource));
  }

  get store() {
    return this.opened.store;
  }

  body(metadata: Record<string, unknown> = {}, data: Record<string, string> = {}): ConfigMap {
    return this.opened.decoded({ metadata: { name: 'one', ...metadata }, data });
  }

  async create(
    metadata: Record<string, unknown> = {},
    options: { dryRun?: boolean } = {},
  ): Promise<ConfigMap> {
    const created = await this.store.create(
      this.body(metadata),
      { dryRun: false, ...options },
      this.context,
    );
    return created.object;
  }

  /** Updates `one` with a copy of it that `change` works on. */
  async update(
    change: (object: ConfigMap, attempt: number) => void | Promise<void>,
    more: { dryRun?: boolean; preconditions?: { uid?: string; resourceVersion?: string } } = {},
  ): Promise<{ object: ConfigMap; created: boolean }> {
    const { dryRun = false, preconditions } = more;
    let attempt = 0;
    const apply = async (current: ConfigMap | undefined) => {
      const copy = current === undefined ? this.body() : structuredClone(current);
      await change(copy, ++attempt);
      return copy;
    };
    const updated = { apply, ...(preconditions === undefined ? {} : { preconditions }) };
    const { item, created } = await this.store.update('one', updated, { dryRun }, this.context);
    return { object: item.object, created };
  }

  delete(options: Record<string, unknown> = {}, name = 'one') {
    return this.store.delete(name, { dryRun: false, ...options }, this.context);
  }

  /** `one` as it is stored. */
  async stored(name = 'one'): Promise<ConfigMap | undefined> {
    return (await this.store.read('default', name))?.object;
  }

  async names(): Promise<string[]> {
    const all = await this.store.all('');
    return all.map(({ object }) => `${object.metadata.namespace}/${object.metadata.name}`);
  }

  /** Watches everything; the array grows as events come. */
  async watch(): Promise<WatchEvent<ConfigMap>[]> {
    const events: WatchEvent<ConfigMap>[] = [];
    const next = (batch: readonly WatchEvent<ConfigMap>[]) => {
      events.push(...batch);
      return undefined;
    };
    await this.store.watch(
      { sendInitialEvents: false },
      { next, end: () => undefined },
      { ...this.context, namespace: '' },
    );
    return events;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.opened[Symbol.asyncDispose]();
  }
}

/** The StatusError that a promise ends with. */
export async function refusal(promise: Promise<unknown>): Promise<StatusError> {
  const error = await promise.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof StatusError) return error;
  throw error;
}
