import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { StorageBackend } from '../storage-backend.ts';
import { contentsOf, largeValue, put, remove } from '../testing/store-use.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { expectError } from '../testing/trial.ts';
import { openEmbeddedBackend } from './embedded-backend.ts';
import {
  backUpStore,
  compactStore,
  restoreStore,
  verifyBackup,
  verifyStore,
} from './maintenance.ts';

/** Writes without end, and compacts, until told to stop. */
async function churn(store: StorageBackend, isOver: () => boolean): Promise<void> {
  const write = async (writer: number) => {
    for (let i = 0; !isOver(); i++) {
      const key = `/w${writer}/${i % 20}`;
      if (i % 7 === 6) await remove(store, key);
      else await put(store, key, largeValue(i, 30_000));
      if (i % 50 === 49) await store.compact(await store.revision());
    }
  };
  await Promise.all([0, 1, 2, 3].map(write));
}

const withExpiry = (store: StorageBackend, key: string) =>
  store.transact({
    compare: [],
    then: [{ type: 'put', key, value: new Uint8Array(3), ttlSeconds: 3600 }],
  });

describe("a server's folder", () => {
  it('is verified and backed up at one revision while the server writes and compacts', async () => {
    await using folder = await temporaryFolder();
    await using copies = await temporaryFolder();
    await using store = await openEmbeddedBackend(folder.path, { historyBytes: 2 ** 40 });
    let over = false;
    const churning = churn(store, () => over);
    const begun = await store.revision();
    for (let i = 0; i < 12; i++) {
      const before = await store.revision();
      expect((await verifyStore(folder.path)).revision).to.be.at.least(before);
      const file = join(copies.path, `backup-${i}`);
      const { revision, keys } = await backUpStore(folder.path, file);
      expect(revision).to.be.at.least(before);
      await restoreStore(file, join(copies.path, `folder-${i}`));
      await using restored = await openEmbeddedBackend(join(copies.path, `folder-${i}`));
      expect(await restored.revision()).to.equal(revision);
      expect(await restored.count('/')).to.equal(keys);
      const at = await store.list('/', { at: revision }).catch(() => undefined);
      if (!at) continue; // It was compacted meanwhile.
      expect((await restored.list('/')).entries).to.deep.equal(at.entries);
    }
    over = true;
    await churning;
    expect(await store.revision()).to.be.above(begun + 100);
  });
});

describe('a backup', () => {
  it('gives back keys, values, revisions and times to live', async () => {
    await using folder = await temporaryFolder();
    const [from, file, to] = ['from', 'file', 'to'].map((name) => join(folder.path, name));
    const contents = await (async () => {
      await using store = await openEmbeddedBackend(from!);
      for (let i = 0; i < 40; i++) await put(store, `/k${i % 9}`, `value ${i}`);
      await withExpiry(store, '/event');
      return await contentsOf(store);
    })();
    const report = await backUpStore(from!, file!);
    expect(report).to.include({ keys: contents.length, tornBytes: 0 });
    await restoreStore(file!, to!);
    await using restored = await openEmbeddedBackend(to!);
    expect(await contentsOf(restored)).to.deep.equal(contents);
    await expectError(restored.get('/k1', { at: report.revision - 1 }), 'compacted');
    expect(await put(restored, '/new', '1')).to.equal(report.revision + 1);
    const again = await backUpStore(to!, file!);
    expect(again.keys).to.equal(contents.length + 1);
  });

  it('is restored at a later revision when it is told to, with what expires', async () => {
    await using folder = await temporaryFolder();
    const [from, file, to] = ['from', 'file', 'to'].map((name) => join(folder.path, name));
    {
      await using store = await openEmbeddedBackend(from!);
      await put(store, '/a', '1');
      await withExpiry(store, '/event');
    }
    const { revision } = await backUpStore(from!, file!);
    await restoreStore(file!, to!, { bumpRevision: 1000 });
    // Two hours later.
    const callbacks: (() => void)[] = [];
    const clock = {
      now: () => Date.now() + 7_200_000,
      after: (_: number, callback: () => void) => {
        callbacks.push(callback);
        return () => undefined;
      },
    };
    await using restored = await openEmbeddedBackend(to!, { clock });
    expect(await contentsOf(restored)).to.have.length(2);
    const watch = restored.watch('/', { after: revision + 1000 })[Symbol.asyncIterator]();
    for (const callback of callbacks.splice(0)) callback();
    const { value } = await watch.next();
    expect(value!.events[0]).to.include({
      type: 'delete',
      key: '/event',
      revision: revision + 1001,
    });
  });

  it('is refused when a bit of it is flipped or its end is missing', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'file');
    {
      await using store = await openEmbeddedBackend(join(folder.path, 'from'));
      await put(store, '/a', 'some value');
    }
    await backUpStore(join(folder.path, 'from'), file);
    const whole = await readFile(file);
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 1 << (at % 8);
      await writeFile(file, damaged);
      await expectError(verifyBackup(file), 'corrupt');
      await writeFile(file, whole.subarray(0, at));
      await expectError(verifyBackup(file), 'corrupt');
    }
    await expectError(restoreStore(file, join(folder.path, 'to')), 'corrupt');
    expect(await readdir(folder.path)).to.not.include('to');
  });

  it('is not restored over a store, nor while a server has the folder', async () => {
    await using folder = await temporaryFolder();
    const [from, file] = ['from', 'file'].map((name) => join(folder.path, name));
    {
      await using store = await openEmbeddedBackend(from!);
      await put(store, '/a', '1');
      await backUpStore(from!, file!);
      const error = await expectError(restoreStore(file!, from!), 'locked');
      expect(error.message).to.include(`${from} is in use by`);
    }
    const error = await expectError(restoreStore(file!, from!), 'locked');
    expect(error.message).to.include('holds a store already');
  });

  it('needs a store', async () => {
    await using folder = await temporaryFolder();
    for (const attempt of [verifyStore, compactStore]) {
      await expectError(attempt(join(folder.path, 'nowhere')), 'unavailable');
    }
    await expectError(backUpStore(folder.path, join(folder.path, 'file')), 'unavailable');
  });
});

describe('compaction of a folder', () => {
  it('gives back the space of history and keeps what is live', async () => {
    await using folder = await temporaryFolder();
    const contents = await (async () => {
      await using store = await openEmbeddedBackend(folder.path);
      for (let i = 0; i < 60; i++) await put(store, `/k${i % 4}`, largeValue(i, 20_000));
      await expectError(compactStore(folder.path), 'locked');
      return await contentsOf(store);
    })();
    const { before, after } = await compactStore(folder.path);
    expect(before.fileBytes).to.be.above(1_000_000);
    expect(after.fileBytes).to.be.below(100_000);
    expect(after).to.include({ revision: before.revision, keys: 4 });
    const files = (await readdir(folder.path)).filter((name) => !name.startsWith('lock-'));
    expect(files).to.have.length(2);
    await compactStore(folder.path);
    await using store = await openEmbeddedBackend(folder.path);
    expect(await contentsOf(store)).to.deep.equal(contents);
    expect(await put(store, '/more', '1')).to.equal(after.revision + 1);
  });
});
