import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { StorageBackend } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import { CutLine } from '../testing/cut-line.ts';
import { EtcdServer } from '../testing/etcd-server.ts';
import { Random, chooseSeed } from '../testing/random.ts';
import { Trial, expectError } from '../testing/trial.ts';
import { revisionOf } from '../testing/watch-reader.ts';
import { openEtcd3Backend } from './etcd3-backend.ts';

const kills = Number(process.env['STORAGE_KILLS'] ?? 5);
const seed = chooseSeed();

/** Several who write keys of their own without a pause, and whom no fault stops. */
class Writers {
  /** The revision of every write that was answered, by name. */
  readonly acknowledged = new Map<string, number>();
  readonly #trial: Trial;
  readonly #running: Promise<unknown>;
  #next = 0;
  #stopped = false;
  #waiting: { readonly count: number; readonly resolve: () => void } | undefined;

  constructor(trial: Trial) {
    this.#trial = trial;
    this.#running = Promise.all(Array.from({ length: 4 }, () => this.#write()));
  }

  /** Resolves when so many more writes were answered. */
  async progress(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting = { count: this.acknowledged.size + count, resolve };
    await promise;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #write(): Promise<void> {
    while (!this.#stopped) {
      const name = `k${this.#next++}`;
      try {
        this.acknowledged.set(name, await this.#trial.put(name, name));
      } catch (error) {
        const passing = ['timeout', 'unavailable'];
        if (!(error instanceof StorageError) || !passing.includes(error.code)) throw error;
      }
      if (this.#waiting && this.acknowledged.size >= this.#waiting.count) this.#waiting.resolve();
    }
  }
}

/** Everything that was answered is there with its revision, and a watch that lived through it all saw what one sees that begins now. */
async function expectNothingLost(
  trial: Trial,
  { acknowledged }: Writers,
  { start, live }: { readonly start: number; readonly live: ReturnType<Trial['watch']> },
): Promise<void> {
  await trial.put('last', '');
  const seen = await live.eventsUntil('last');
  const replayed = await trial.watch(start).eventsUntil('last');
  expect(seen).to.deep.equal(replayed);
  const written = new Map(replayed.map((event) => [live.show(event), revisionOf(event)]));
  for (const [name, revision] of acknowledged) {
    expect(written.get(`put ${name}=${name}`)).to.equal(revision);
  }
}

describe('etcd3 backend and faults', () => {
  let server: EtcdServer;
  const open = async (timeoutMs?: number): Promise<StorageBackend> =>
    openEtcd3Backend({ endpoints: [server.url], timeoutMs });

  before(async () => {
    server = await EtcdServer.start();
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
  });

  it(`loses, doubles and reorders nothing when etcd is killed (${kills} times, STORAGE_SEED=${seed})`, async function () {
    this.timeout(20_000 + kills * 2000);
    await using trial = new Trial(await open());
    const random = new Random(seed);
    const start = await trial.backend.revision();
    const live = trial.watch(start);
    const writers = new Writers(trial);
    for (let kill = 0; kill < kills; kill++) {
      await writers.progress(1 + random.below(300));
      await server.end();
      await server.boot();
    }
    await writers.stop();
    await expectNothingLost(trial, writers, { start, live });
  });

  it('answers what was asked while etcd was away once it is back', async () => {
    await using trial = new Trial(await open());
    const start = await trial.put('a', '1');
    await server.end();
    const asked = [trial.value('a'), trial.contents(), trial.backend.revision()];
    const watched = trial.watch(start - 1).take(1);
    await server.boot();
    expect(await Promise.all(asked)).to.deep.equal(['1', ['a=1'], start]);
    expect(await watched).to.have.length(1);
  });

  it('writes what was to be written while there was no connection once there is one', async () => {
    await using line = await CutLine.to(server.url);
    const backend = await openEtcd3Backend({ endpoints: [line.url], timeoutMs: 3000 });
    await using trial = new Trial(backend);
    line.cut();
    // By then the break has been noticed. Whoever writes before does not learn whether it was done.
    await expectError(trial.value('a'), 'timeout');
    const written = trial.putIf('a', 0, '1');
    line.mend();
    expect(await written).to.include({ succeeded: true });
  });

  it('answers `timeout` when etcd does not answer, and goes on when it does', async () => {
    await using line = await CutLine.to(server.url);
    const backend = await openEtcd3Backend({ endpoints: [line.url], timeoutMs: 300 });
    await using trial = new Trial(backend);
    await trial.put('a', '1');
    line.goDead();
    await Promise.all([
      expectError(trial.value('a'), 'timeout'),
      expectError(trial.contents(), 'timeout'),
      // It may still be carried out, and later than what follows: that has another key.
      expectError(trial.put('late', '2'), 'timeout'),
      expectError(backend.revision(), 'timeout'),
      expectError(backend.compactedRevision(), 'timeout'),
    ]);
    line.mend();
    await trial.put('a', '3');
    expect(await trial.value('a')).to.equal('3');
  });

  it('answers `timeout` when etcd stays away', async () => {
    await using line = await CutLine.to(server.url);
    const backend = await openEtcd3Backend({ endpoints: [line.url], timeoutMs: 300 });
    await using trial = new Trial(backend);
    await trial.put('a', '1');
    line.cut();
    await expectError(trial.value('a'), 'timeout');
    await expectError(trial.putIf('b', 0, '1'), 'timeout');
  });

  it('is not opened when no etcd is there', async () => {
    await using line = await CutLine.to(server.url);
    line.cut();
    const opening = openEtcd3Backend({ endpoints: [line.url], connectTimeoutMs: 100 });
    await expectError(opening, 'unavailable');
  });

  it('ends a watch with `compacted` that was cut off for longer than history is kept', async () => {
    await using line = await CutLine.to(server.url);
    await using trial = new Trial(await openEtcd3Backend({ endpoints: [line.url] }));
    await using other = await open();
    const watch = trial.watch(await trial.backend.revision());
    await trial.put('a', '1');
    await watch.take(1);
    line.cut();
    const key = trial.key('a');
    for (const value of ['2', '3']) {
      const put = { type: 'put', key, value: Buffer.from(value) } as const;
      await other.transact({ compare: [], then: [put] });
    }
    const newest = await other.revision();
    await other.compact(newest);
    line.mend();
    expect((await expectError(watch.next(), 'compacted')).revision).to.be.at.least(newest);
  });

  it('goes on with the next member when one is away', async () => {
    await using line = await CutLine.to(server.url);
    const endpoints = [line.url, server.url];
    await using trial = new Trial(await openEtcd3Backend({ endpoints }));
    const watch = trial.watch(await trial.backend.revision());
    await trial.put('a', '1');
    await watch.take(1);
    line.cut();
    expect(await trial.value('a')).to.equal('1');
    await trial.put('a', '2');
    const events = await watch.take(1);
    expect(events.map((event) => watch.show(event))).to.deep.equal(['put a=2']);
  });

  it('lets servers take turns at compaction', async () => {
    await using one = await open();
    await using other = await open();
    await one.claimCompaction!(0);
    await one.claimCompaction!(0);
    expect(await other.claimCompaction!(0)).to.equal(false);
    expect(await other.claimCompaction!(0)).to.equal(true);
    expect(await one.claimCompaction!(0)).to.equal(false);
    expect(await one.claimCompaction!(0)).to.equal(true);
  });
});

describe('etcd3 backend and an etcd that was set back', () => {
  it('takes a new lease when the one that keys share is unknown', async () => {
    await using server = await EtcdServer.start();
    await using trial = new Trial(await openEtcd3Backend({ endpoints: [server.url] }));
    await trial.put('a', '1', { ttlSeconds: 3600 });
    await server.end();
    await rm(join(server.folder, 'data'), { recursive: true });
    await server.boot();
    await trial.put('b', '1', { ttlSeconds: 3600 });
    expect(await trial.contents()).to.deep.equal(['b=1']);
  });
});

describe('etcd3 backend and a full disk', () => {
  it('answers `no-space` to writes, and reads on', async () => {
    // Its size is looked at after each write, not ten times a second.
    const flags = ['--quota-backend-bytes=2000000', '--backend-batch-limit=1'];
    await using server = await EtcdServer.start({ flags });
    await using trial = new Trial(await openEtcd3Backend({ endpoints: [server.url] }));
    const value = new Uint8Array(500_000);
    const fill = async () => {
      for (let i = 0; i < 20; i++) await trial.write({ type: 'put', key: trial.key('a'), value });
    };
    await expectError(fill(), 'no-space');
    expect((await trial.backend.get(trial.key('a')))!.value).to.have.length(value.length);
  });
});

describe('etcd3 backend and a cluster', () => {
  let members: EtcdServer[];
  before(async () => {
    members = await EtcdServer.startCluster(3);
  });
  after(async () => {
    await Promise.all(members.map((member) => member[Symbol.asyncDispose]()));
  });

  it('loses, doubles and reorders nothing when one member after the other is killed', async function () {
    // What was on its way to a leader that was killed, etcd gives up after seven seconds.
    this.timeout(60_000);
    const endpoints = members.map((member) => member.url);
    await using trial = new Trial(await openEtcd3Backend({ endpoints }));
    const start = await trial.backend.revision();
    const live = trial.watch(start);
    const writers = new Writers(trial);
    for (const member of members) {
      await writers.progress(50);
      await member.end();
      await writers.progress(50);
      await member.boot();
    }
    await writers.stop();
    await expectNothingLost(trial, writers, { start, live });
  });
});
