import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Failure } from '../testing/failing-disk.ts';
import { FailingDisk } from '../testing/failing-disk.ts';
import { CachedDisk } from '../testing/power-cut.ts';
import { Random, chooseSeed } from '../testing/random.ts';
import { contentsOf, largeValue, put, remove } from '../testing/store-use.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { expectError } from '../testing/trial.ts';
import { openEmbeddedBackend } from './embedded-backend.ts';

const refusals: readonly { name: string; failure: Failure }[] = [
  { name: 'before a byte is written', failure: { step: 'write', code: 'ENOSPC' } },
  { name: 'in the middle of a write', failure: { step: 'write', code: 'ENOSPC', written: 20 } },
];

describe('a full disk', () => {
  for (const { name, failure } of refusals) {
    it(`refuses writes, loses nothing and goes on when there is space again: ${name}`, async () => {
      await using folder = await temporaryFolder();
      const disk = new FailingDisk();
      const store = await openEmbeddedBackend(folder.path, disk);
      await put(store, '/a', '1');
      const contents = await contentsOf(store);
      disk.failures = [failure];
      for (let i = 0; i < 3; i++) {
        const refused = Array.from({ length: 5 }, (_, k) =>
          expectError(put(store, `/b${k}`, 'more'), 'no-space'),
        );
        for (const error of await Promise.all(refused)) expect(error.message).to.include('ENOSPC');
      }
      expect(await contentsOf(store)).to.deep.equal(contents);
      disk.failures = [];
      const revision = await put(store, '/c', '2');
      const after = await contentsOf(store);
      await store[Symbol.asyncDispose]();
      await using again = await openEmbeddedBackend(folder.path);
      expect(await contentsOf(again)).to.deep.equal(after);
      expect(await again.revision()).to.equal(revision);
    });
  }

  it('that has no room for a snapshot costs nothing; compaction says so and works later', async () => {
    await using folder = await temporaryFolder();
    const disk = new FailingDisk();
    const store = await openEmbeddedBackend(folder.path, disk);
    for (let i = 0; i < 24; i++) await put(store, `/k${i % 4}`, largeValue(i, 128 * 1024));
    disk.failures = [{ step: 'write', code: 'ENOSPC', path: /snapshot/, written: 5000 }];
    await expectError(store.compact(await store.revision()), 'no-space');
    await put(store, '/goes', 'on');
    disk.failures = [];
    await store.compact(await store.revision());
    const contents = await contentsOf(store);
    await store[Symbol.asyncDispose]();
    await using again = await openEmbeddedBackend(folder.path);
    expect(await contentsOf(again)).to.deep.equal(contents);
  });

  it('that has no room for the next log file refuses writes and goes on later', async () => {
    await using folder = await temporaryFolder();
    const disk = new FailingDisk();
    const store = await openEmbeddedBackend(folder.path, disk);
    for (let i = 0; i < 16; i++) await put(store, `/k${i}`, largeValue(i, 1024 * 1024));
    const contents = await contentsOf(store);
    for (const step of ['open', 'truncate', 'write', 'sync'] as const) {
      disk.failures = [{ step, code: 'ENOSPC', path: /log-0000000002/ }];
      await expectError(put(store, '/more', '1'), 'no-space');
    }
    disk.failures = [];
    await put(store, '/more', '1');
    await store[Symbol.asyncDispose]();
    await using again = await openEmbeddedBackend(folder.path);
    expect((await contentsOf(again)).slice(0, -1)).to.deep.equal(contents);
  });

  it('lets a watch and reads go on', async () => {
    await using folder = await temporaryFolder();
    const disk = new FailingDisk();
    await using store = await openEmbeddedBackend(folder.path, disk);
    const watch = store.watch('/', { after: await put(store, '/a', '1') })[Symbol.asyncIterator]();
    const next = watch.next();
    disk.failures = [{ step: 'write', code: 'ENOSPC' }];
    await expectError(put(store, '/b', '1'), 'no-space');
    disk.failures = [];
    const revision = await put(store, '/c', '1');
    expect((await next).value).to.include({ revision });
  });
});

const fatal: readonly { name: string; failures: readonly Failure[] }[] = [
  { name: 'a sync', failures: [{ step: 'sync', code: 'EIO' }] },
  { name: 'a sync for want of space', failures: [{ step: 'sync', code: 'ENOSPC' }] },
  { name: 'a write', failures: [{ step: 'write', code: 'EIO', written: 9 }] },
  {
    name: 'taking back a write',
    failures: [
      { step: 'write', code: 'ENOSPC', written: 9 },
      { step: 'truncate', code: 'EIO' },
    ],
  },
];

describe('a disk that fails', () => {
  for (const { name, failures } of fatal) {
    it(`is not written to again, and says that it may or may not have been: ${name}`, async () => {
      await using folder = await temporaryFolder();
      const disk = new FailingDisk();
      const store = await openEmbeddedBackend(folder.path, disk);
      await put(store, '/a', '1');
      await store.health?.();
      const contents = await contentsOf(store);
      disk.failures = failures;
      await expectError(put(store, '/b', '1'), 'unavailable');
      disk.failures = [];
      const log = await readFile(join(folder.path, 'log-0000000001'));
      await expectError(put(store, '/c', '1'), 'unavailable');
      await expectError(remove(store, '/a'), 'unavailable');
      await expectError(store.health!(), 'unavailable');
      expect(await contentsOf(store)).to.deep.equal(contents);
      await store[Symbol.asyncDispose]();
      expect(await readFile(join(folder.path, 'log-0000000001'))).to.deep.equal(log);
      await using again = await openEmbeddedBackend(folder.path);
      expect((await contentsOf(again)).slice(0, 1)).to.deep.equal(contents);
      await put(again, '/c', '1');
    });
  }
});

describe('a power cut', () => {
  it('takes nothing that was acknowledged, whichever sectors of the rest reached the disk', async () => {
    const seed = chooseSeed();
    const random = new Random(seed);
    await using folder = await temporaryFolder();
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < 25; round++) {
      const disk = new CachedDisk();
      const store = await openEmbeddedBackend(folder.path, disk);
      const found = new Map((await contentsOf(store)).map(split));
      for (const [key, value] of acknowledged)
        expect(found.get(key), `STORAGE_SEED=${seed}: ${key}`).to.equal(value);
      let left = random.below(40);
      const write = async (writer: number) => {
        for (let i = 0; left > 0; i++) {
          const value = largeValue(i, 1 + random.below(3000));
          const key = `/${round}/${writer}/${i}`;
          const revision = await put(store, key, value);
          acknowledged.set(key, `${Buffer.from(value).toString().slice(0, 20)}@${revision}`);
          left--;
        }
        for (let turns = random.below(6); turns > 0; turns--) {
          await new Promise((turn) => setImmediate(turn));
        }
        disk.switchOff();
      };
      await Promise.allSettled([0, 1, 2, 3].map(write));
      await Promise.allSettled([store[Symbol.asyncDispose]()]);
      await disk.settle(random);
    }
    expect(acknowledged.size).to.be.above(100);
  });
});

function split(line: string): [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}
