import { StatusError } from '@keelson/api-machinery';
import type { RegistryEnvironment, SubresourceStore } from '@keelson/generic-registry';
import { aContext, openTestStore, type TestStore } from '@keelson/generic-registry/testing';
import type { Pod } from '@keelson/kubernetes-api/core/v1';
import { pods } from '../index.ts';
import { podSubresources } from '../subresources.ts';

/** What became of a request. */
export interface Answer {
  /** What is wrong, as `path: message`; empty when it went well. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  readonly pod?: Pod;
}

type Body = Record<string, unknown>;

/** Pods on an empty memory backend, and requests of them whose answers tell all that is wrong. */
export class PodFixture implements AsyncDisposable {
  readonly opened: TestStore<Pod>;
  readonly subresources;

  private constructor(opened: TestStore<Pod>, stores: RegistryEnvironment['store']) {
    this.opened = opened;
    const { backend, clock, store } = opened;
    this.subresources = podSubresources(store, {
      backend,
      clock,
      root: '/registry',
      store: stores,
    });
  }

  /** `stores` finds the stores of other resources. */
  static async open(stores: RegistryEnvironment['store'] = () => undefined): Promise<PodFixture> {
    return new PodFixture(await openTestStore(pods), stores);
  }

  /** Creates a pod named `p`. */
  create(spec: Body, metadata: Body = {}, dryRun = false): Promise<Answer> {
    const body = this.opened.decoded({ metadata: { name: 'p', ...metadata }, spec });
    return answered(async (context) => {
      const { object } = await this.opened.store.create(body, { dryRun }, context);
      return object;
    });
  }

  /** Changes `p` through one of its storages, as a client that reads, changes and writes it. */
  update(change: (pod: Pod) => void, subresource?: string, dryRun = true): Promise<Answer> {
    const storage = (
      subresource === undefined ? this.opened.store : this.subresources[subresource]
    ) as SubresourceStore<Pod>;
    return answered(async (context) => {
      const apply = (current: Pod | undefined) => {
        const pod = structuredClone(current) as Pod;
        change(pod);
        return Promise.resolve(this.opened.decoded(pod));
      };
      const { item } = await storage.update('p', { apply }, { dryRun }, context);
      return item.object;
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.opened[Symbol.asyncDispose]());
  }
}

async function answered(
  request: (context: ReturnType<typeof aContext>) => Promise<Pod>,
): Promise<Answer> {
  const warnings: string[] = [];
  try {
    return {
      problems: [],
      warnings,
      pod: await request(aContext({ namespace: 'default', warnings })),
    };
  } catch (error) {
    if (!(error instanceof StatusError) || error.reason !== 'Invalid') throw error;
    return {
      problems: (error.details?.causes ?? []).map(({ field, message }) => `${field}: ${message}`),
      warnings,
    };
  }
}
