import { StatusError, type KubernetesObject } from '@keelson/api-machinery';
import type { WatchEvent } from '@keelson/rest-interfaces';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Resource } from '../resource.ts';
import { openTestStore, type TestResource, type TestStore } from './open-test-store.ts';
import { aContext } from './request-context.ts';

export interface ResourceContractOptions {
  /** A valid object's body, less kind and apiVersion; a new one for each call, always of the same name. */
  valid(): { metadata: { name: string } & Record<string, unknown> } & Record<string, unknown>;
  /** Resources that the verbs look at. */
  readonly others?: readonly TestResource[];
  /** Clauses that do not hold, with the reason. An excepted clause that passes fails the run. */
  readonly except?: Readonly<Record<string, string>>;
}

/**
 * Holds a resource to what all resources promise: one call in its test runs every clause on a memory backend.
 */
export function describeResourceContract<T extends KubernetesObject>(
  resource: Resource<T>,
  options: ResourceContractOptions,
): void {
  describe(`${resource.plural}: the resource contract`, () => {
    for (const [name, clause] of Object.entries(clauses)) {
      const reason = options.except?.[name];
      it(reason === undefined ? name : `${name} (excepted: ${reason})`, async () => {
        await using opened = await openTestStore(resource, options.others);
        const run = () => clause(new Subject(opened, resource, options));
        if (reason === undefined) await run();
        else expect(await failed(run), `${name} passes: take the exception away`).to.equal(true);
      });
    }
  });
}

const failed = (run: () => Promise<void>): Promise<boolean> =>
  run().then(
    () => false,
    () => true,
  );

/** A store with the test's object and context at hand. */
class Subject<T extends KubernetesObject> {
  readonly opened: TestStore<T>;
  readonly resource: Resource<T>;
  readonly name: string;
  readonly context;
  readonly #options: ResourceContractOptions;

  constructor(opened: TestStore<T>, resource: Resource<T>, options: ResourceContractOptions) {
    this.opened = opened;
    this.resource = resource;
    this.#options = options;
    this.name = options.valid().metadata.name;
    this.context = aContext({ namespace: resource.strategy.namespaced ? 'default' : '' });
  }

  get store() {
    return this.opened.store;
  }

  body(metadata: Record<string, unknown> = {}): T {
    const valid = this.#options.valid();
    return this.opened.decoded({ ...valid, metadata: { ...valid.metadata, ...metadata } });
  }

  create(metadata: Record<string, unknown> = {}) {
    return this.store.create(this.body(metadata), { dryRun: false }, this.context);
  }

  /** Updates the stored object with a copy that `change` works on. */
  update(change: (object: T) => void) {
    const apply = (current: T | undefined) => {
      const copy = structuredClone(current);
      if (copy === undefined) throw new Error('there is nothing to update');
      change(copy);
      return Promise.resolve(copy);
    };
    return this.store.update(this.name, { apply }, { dryRun: false }, this.context);
  }

  delete(more: Record<string, unknown> = {}) {
    return this.store.delete(this.name, { dryRun: false, ...more }, this.context);
  }

  /** The reason of the StatusError that `run` ends with. */
  async reason(run: () => Promise<unknown>): Promise<string> {
    try {
      await run();
    } catch (error) {
      if (error instanceof StatusError) return error.reason;
      throw error;
    }
    return 'none';
  }
}

type Clause = <T extends KubernetesObject>(subject: Subject<T>) => Promise<void>;

const clauses: Readonly<Record<string, Clause>> = {
  'creates an object and fills in what the server sets': async (subject) => {
    const { metadata } = (await subject.create()).object;
    expect(metadata.uid).to.match(/^[0-9a-f-]{36}$/);
    expect(metadata.creationTimestamp).to.equal('2026-11-24T10:00:00Z');
    expect(Number(metadata.resourceVersion)).to.be.greaterThan(0);
  },
  'reads back what it answered': async (subject) => {
    const created = await subject.create();
    const read = await subject.store.get(subject.name, {}, subject.context);
    expect(Buffer.from(read.json).toString()).to.equal(Buffer.from(created.json).toString());
  },
  'writes kind, apiVersion and metadata first': async (subject) => {
    const { json } = await subject.create();
    expect(Object.keys(JSON.parse(Buffer.from(json).toString())).slice(0, 3)).to.deep.equal([
      'kind',
      'apiVersion',
      'metadata',
    ]);
  },
  'refuses a name that is taken': async (subject) => {
    await subject.create();
    expect(await subject.reason(() => subject.create())).to.equal('AlreadyExists');
  },
  'refuses a name that is no path segment': async (subject) => {
    expect(await subject.reason(() => subject.create({ name: 'a/b' }))).to.equal('Invalid');
  },
  'refuses labels that are none': async (subject) => {
    expect(await subject.reason(() => subject.create({ labels: { 'a b': '!' } }))).to.equal(
      'Invalid',
    );
  },
  'finds nothing under another name': async (subject) => {
    expect(await subject.reason(() => subject.store.get('absent', {}, subject.context))).to.equal(
      'NotFound',
    );
  },
  'writes nothing in a dry run': async (subject) => {
    await subject.store.create(subject.body(), { dryRun: true }, subject.context);
    expect(
      await subject.reason(() => subject.store.get(subject.name, {}, subject.context)),
    ).to.equal('NotFound');
  },
  'lists what was created': async (subject) => {
    await subject.create();
    const list = await subject.store.list({}, subject.context);
    expect(list.items.map((item) => item.object.metadata.name)).to.deep.equal([subject.name]);
  },
  'changes labels and takes a new revision': async (subject) => {
    const before = (await subject.create()).object.metadata.resourceVersion;
    const { item } = await subject.update(
      (object) => void (object.metadata.labels = { changed: 'yes' }),
    );
    expect(item.object.metadata.labels).to.include({ changed: 'yes' });
    expect(item.object.metadata.resourceVersion).to.not.equal(before);
  },
  'keeps the revision when nothing changed': async (subject) => {
    const before = (await subject.create()).object.metadata.resourceVersion;
    const { item } = await subject.update(() => undefined);
    expect(item.object.metadata.resourceVersion).to.equal(before);
  },
  'refuses an update from an old revision': async (subject) => {
    await subject.create();
    expect(
      await subject.reason(() =>
        subject.update((object) => void (object.metadata.resourceVersion = '1')),
      ),
    ).to.equal('Conflict');
  },
  'does not let clients change uid and creation time': async (subject) => {
    const { metadata } = (await subject.create()).object;
    const { item } = await subject.update((object) => {
      object.metadata.creationTimestamp = '2001-01-01T00:00:00Z';
      delete object.metadata.uid;
    });
    expect(item.object.metadata).to.include({
      uid: metadata.uid,
      creationTimestamp: metadata.creationTimestamp,
    });
  },
  'deletes for good': async (subject) => {
    await subject.create();
    const { deleted } = await subject.delete({ gracePeriodSeconds: 0 });
    expect(deleted).to.equal(true);
    expect(
      await subject.reason(() => subject.store.get(subject.name, {}, subject.context)),
    ).to.equal('NotFound');
  },
  'waits for finalizers': async (subject) => {
    await subject.create({ finalizers: ['example.com/wait'] });
    const { deleted, last } = await subject.delete({ gracePeriodSeconds: 0 });
    expect(deleted).to.equal(false);
    expect(last.object.metadata.deletionTimestamp).to.be.a('string');
    await subject.update((object) => void delete object.metadata.finalizers);
    expect(
      await subject.reason(() => subject.store.get(subject.name, {}, subject.context)),
    ).to.equal('NotFound');
  },
  'refuses a deletion of another uid': async (subject) => {
    await subject.create();
    expect(
      await subject.reason(() => subject.delete({ preconditions: { uid: 'other' } })),
    ).to.equal('Conflict');
  },
  'tells watchers of a creation, a change and a deletion': async (subject) => {
    const events: WatchEvent[] = [];
    const next = (batch: readonly WatchEvent[]) => {
      events.push(...batch);
      return undefined;
    };
    const handle = await subject.store.watch(
      { sendInitialEvents: false },
      { next, end: () => undefined },
      subject.context,
    );
    await subject.create();
    await subject.update((object) => void (object.metadata.labels = { changed: 'yes' }));
    await subject.delete({ gracePeriodSeconds: 0 });
    handle.stop();
    expect([events.at(0)?.type, events.at(1)?.type, events.at(-1)?.type]).to.deep.equal([
      'ADDED',
      'MODIFIED',
      'DELETED',
    ]);
  },
  'has as many cells as columns': async (subject) => {
    const { object } = await subject.create();
    expect(subject.store.tableCells(object, subject.opened.clock.now())).to.have.length(
      subject.store.tableColumns.length,
    );
  },
};
