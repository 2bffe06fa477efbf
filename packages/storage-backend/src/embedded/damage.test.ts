import { copyFile, cp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { StorageBackend } from '../storage-backend.ts';
import { contentsOf, largeValue, put, remove } from '../testing/store-use.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { expectError } from '../testing/trial.ts';
import { openEmbeddedBackend } from './embedded-backend.ts';
import { headerSize } from './file-header.ts';
import { frameOverhead } from './frame.ts';

/** Fills a folder: a snapshot, and a log of several frames behind it. */
async function fill(folder: string): Promise<string[]> {
  await using store = await openEmbeddedBackend(folder);
  for (let i = 0; i < 24; i++) await put(store, `/large/${i % 6}`, largeValue(i, 128 * 1024));
  await store.compact(await store.revision());
  for (let i = 0; i < 8; i++) await put(store, `/small/${i}`, `value ${i}`);
  await remove(store, '/small/3');
  return contentsOf(store);
}

const newest = async (folder: string, kind: 'log' | 'snapshot'): Promise<string> => {
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${kind}-`));
  return join(folder, names.toSorted().at(-1)!);
};

/** Where each frame of a file begins. */
function framesOf(file: Buffer): number[] {
  const offsets = [];
  for (let at = headerSize; at < file.length;) {
    offsets.push(at);
    at += frameOverhead + file.readUInt32LE(at + 8);
  }
  return offsets;
}

const reading = async (folder: string): Promise<string[]> => {
  await using store: StorageBackend = await openEmbeddedBackend(folder);
  return contentsOf(store);
};

interface Place {
  readonly name: string;
  readonly kind: 'log' | 'snapshot';
  readonly offset: (file: Buffer, frames: readonly number[]) => number;
}

const both = ['log', 'snapshot'] as const;
const headerFields = { mark: 0, version: 8, salt: 12, revision: 16, padding: 25, checksum: 28 };
const frameFields = { magic: 0, checksum: 4, length: 8, sequence: 12, 'first byte': 16 };

const places: readonly Place[] = [
  ...both.flatMap((kind) =>
    Object.entries(headerFields).map(([name, at]) => ({
      name: `the header's ${name}`,
      kind,
      offset: () => at,
    })),
  ),
  ...both.flatMap((kind) =>
    Object.entries(frameFields).map(([name, at]) => ({
      name: `the first frame's ${name}`,
      kind,
      offset: (_: Buffer, frames: readonly number[]) => frames[0]! + at,
    })),
  ),
  ...Object.entries(frameFields).map(([name, at]): Place => ({
    name: `the ${name} of the last frame that was acknowledged`,
    kind: 'log',
    // The very last is the mark behind it.
    offset: (_, frames) => frames.at(-2)! + at,
  })),
  { name: "a value's middle", kind: 'snapshot', offset: (file) => file.length >> 1 },
  { name: 'the last byte', kind: 'snapshot', offset: (file) => file.length - 1 },
  { name: 'the last byte before the mark', kind: 'log', offset: (_, frames) => frames.at(-1)! - 1 },
];

describe('a damaged data folder', () => {
  for (const { name, kind, offset } of places) {
    it(`is not served: ${name} of the ${kind}`, async () => {
      await using folder = await temporaryFolder();
      await fill(folder.path);
      const path = await newest(folder.path, kind);
      const file = await readFile(path);
      const at = offset(file, framesOf(file));
      for (const bit of [1, 0x80]) {
        const damaged = Buffer.from(file);
        damaged[at]! ^= bit;
        await writeFile(path, damaged);
        const error = await expectError(openEmbeddedBackend(folder.path), 'corrupt');
        expect(error.message).to.include(path);
      }
    });
  }

  it('is served when only the mark behind the last frame is damaged: nothing is in it', async () => {
    await using folder = await temporaryFolder();
    const contents = await fill(folder.path);
    const path = await newest(folder.path, 'log');
    const file = await readFile(path);
    file[file.length - 3]! ^= 4;
    await writeFile(path, file);
    expect(await reading(folder.path)).to.deep.equal(contents);
  });

  it('is not served when any one bit of a small log is flipped, unless all is there', async () => {
    await using folder = await temporaryFolder();
    {
      await using store = await openEmbeddedBackend(folder.path);
      for (let i = 0; i < 4; i++) await put(store, `/k${i}`, `value ${i}`);
    }
    const contents = await reading(folder.path);
    const path = await newest(folder.path, 'log');
    const file = await readFile(path);
    for (let at = 0; at < file.length; at++) {
      const damaged = Buffer.from(file);
      damaged[at]! ^= 1 << (at % 8);
      await writeFile(path, damaged);
      const read = await reading(folder.path).catch((error: { code: string }) => error.code);
      if (read !== 'corrupt') expect(read, `byte ${at}`).to.deep.equal(contents);
    }
  });

  it('is not served without its snapshot, its log, or a log in the middle', async () => {
    await using folder = await temporaryFolder();
    await fill(folder.path);
    for (const kind of both) {
      const path = await newest(folder.path, kind);
      await rename(path, join(folder.path, 'aside'));
      await expectError(openEmbeddedBackend(folder.path), 'corrupt');
      await rm(path, { force: true });
      await rename(join(folder.path, 'aside'), path);
    }
  });

  it('is not served when a log lost whole frames at its end and the next one shows it', async () => {
    await using folder = await temporaryFolder();
    await using copies = await temporaryFolder();
    {
      await using store = await openEmbeddedBackend(folder.path);
      for (let i = 0; i < 20; i++) await put(store, `/k${i}`, largeValue(i, 128 * 1024));
      await copyFile(await newest(folder.path, 'log'), join(copies.path, 'log'));
      for (let i = 0; i < 3; i++) await put(store, `/late${i}`, largeValue(i, 128 * 1024));
      // The compaction begins the next file; its history is kept, and so is the first one.
      await store.compact(2);
      await put(store, '/last', '1');
    }
    const first = (await readdir(folder.path)).filter((name) => name.startsWith('log-')).toSorted();
    expect(first).to.have.length(2);
    await copyFile(join(copies.path, 'log'), join(folder.path, first[0]!));
    const error = await expectError(openEmbeddedBackend(folder.path), 'corrupt');
    expect(error.message).to.include(first[1]);
    // Also when nothing was written into that one.
    const second = join(folder.path, first[1]!);
    await writeFile(second, (await readFile(second)).subarray(0, headerSize));
    expect((await expectError(openEmbeddedBackend(folder.path), 'corrupt')).message).to.include(
      first[0],
    );
  });
});

describe('a write that the process did not live to finish', () => {
  it('is cut off, wherever it broke off, and nothing else is', async () => {
    await using folder = await temporaryFolder();
    const putAndClose = async (key: string, value: string) => {
      await using store = await openEmbeddedBackend(folder.path);
      await put(store, key, value);
      return contentsOf(store);
    };
    const contents = await putAndClose('/a', '1');
    const { length } = await readFile(await newest(folder.path, 'log'));
    await putAndClose('/b', 'a value of some length');
    const whole = await readFile(await newest(folder.path, 'log'));
    // Behind `/a` stands its mark, which the frame of `/b` overwrites.
    const begin = length - frameOverhead;
    const end = whole.length - frameOverhead;
    for (let cut = begin; cut <= end; cut++) {
      await using copy = await temporaryFolder();
      const path = join(copy.path, 'log-0000000001');
      await writeFile(path, whole.subarray(0, cut));
      const read = await reading(copy.path);
      expect(read.slice(0, 1)).to.deep.equal(contents);
      expect(read.length).to.equal(cut === end ? 2 : 1);
    }
  });

  it('leaves no file behind that matters, whenever the process ended while it began one', async () => {
    await using folder = await temporaryFolder();
    const contents = await fill(folder.path);
    const header = (await readFile(await newest(folder.path, 'log'))).subarray(0, headerSize);
    const index = Number((await newest(folder.path, 'log')).slice(-10));
    for (const start of [0, 1, headerSize - 1, headerSize]) {
      const path = join(folder.path, `log-${String(index + 1).padStart(10, '0')}`);
      await writeFile(path, header.subarray(0, start));
      await writeFile(join(folder.path, 'snapshot-9.tmp'), 'half of it');
      expect(await reading(folder.path)).to.deep.equal(contents);
      expect((await readdir(folder.path)).filter((name) => name.endsWith('.tmp'))).to.deep.equal(
        [],
      );
    }
  });

  it('does not cost the snapshot when the logs that it covers were not yet removed', async () => {
    await using folder = await temporaryFolder();
    await using before = await temporaryFolder();
    const store = await openEmbeddedBackend(folder.path);
    for (let i = 0; i < 24; i++) await put(store, `/large/${i % 6}`, largeValue(i, 128 * 1024));
    const isLog = (path: string) => path === folder.path || path.includes('log-');
    await cp(folder.path, before.path, { recursive: true, filter: isLog });
    await store.compact(await store.revision());
    const contents = await contentsOf(store);
    await store[Symbol.asyncDispose]();
    const old = (await readdir(before.path)).filter((name) => name.startsWith('log-'));
    for (const name of old) await copyFile(join(before.path, name), join(folder.path, name));
    {
      await using again = await openEmbeddedBackend(folder.path);
      await put(again, '/one more', '1');
      await again.compact(await again.revision());
    }
    const read = await reading(folder.path);
    expect(read.filter((line) => !line.startsWith('/one more'))).to.deep.equal(contents);
  });
});
