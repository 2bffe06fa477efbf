import { expect } from 'chai';
import { describe, it } from 'mocha';
import { put } from '../testing/store-use.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openEmbeddedBackend } from './embedded-backend.ts';
import { openLogFile } from './log-file.ts';
import type { OpenLogFile } from './log-file.ts';

/** A disk whose syncs wait until they are let go, and are counted. */
class SlowDisk {
  syncs = 0;
  #gate: PromiseWithResolvers<void> | undefined;
  #reached = Promise.withResolvers<void>();

  readonly openFile: OpenLogFile = async (path) => {
    const file = await openLogFile(path);
    return {
      ...file,
      writeThrough: async (bytes, position) => {
        await this.#wait();
        await file.writeThrough(bytes, position);
      },
      sync: async () => {
        await this.#wait();
        await file.sync();
      },
    };
  };

  async #wait(): Promise<void> {
    this.syncs++;
    this.#reached.resolve();
    await this.#gate?.promise;
  }

  /** From here on syncs wait; resolves when the first one does. */
  hold(): Promise<void> {
    this.#gate = Promise.withResolvers();
    this.#reached = Promise.withResolvers();
    return this.#reached.promise;
  }

  letGo(): void {
    this.#gate?.resolve();
    this.#gate = undefined;
  }
}

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a write', () => {
  it('is neither answered nor seen, by reads, watches or those who lost to it, before it is on disk', async () => {
    await using folder = await temporaryFolder();
    const disk = new SlowDisk();
    await using store = await openEmbeddedBackend(folder.path, disk);
    const before = await store.revision();
    const watch = store.watch('/', { after: before })[Symbol.asyncIterator]();
    const told: string[] = [];
    const note = (what: string) => () => void told.push(what);
    const synced = disk.hold();
    const writing = put(store, '/a', '1').then(note('write'));
    const lost = { compare: [{ key: '/a', revision: 0 }], then: [] };
    const losing = store.transact(lost).then(note('conflict'));
    const watching = watch.next().then(note('event'));
    await synced;
    await turns(20);
    expect(told).to.deep.equal([]);
    expect(await store.get('/a')).to.equal(undefined);
    expect(await store.revision()).to.equal(before);
    disk.letGo();
    await Promise.all([writing, losing, watching]);
    expect((await store.get('/a'))!.revision).to.equal(before + 1);
  });

  it('shares its sync with all that arrived while the one before was under way', async () => {
    await using folder = await temporaryFolder();
    const disk = new SlowDisk();
    await using store = await openEmbeddedBackend(folder.path, disk);
    const synced = disk.hold();
    const first = put(store, '/first', '1');
    await synced;
    const others = Array.from({ length: 500 }, (_, i) => put(store, `/k${i}`, 'x'));
    const before = disk.syncs;
    disk.letGo();
    await Promise.all([first, ...others]);
    expect(disk.syncs - before).to.equal(1);
    expect(await store.count('/')).to.equal(501);
  });
});
