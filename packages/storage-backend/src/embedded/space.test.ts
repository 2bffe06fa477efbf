import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { largeValue, put, remove } from '../testing/store-use.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openEmbeddedBackend } from './embedded-backend.ts';
import { recover } from './recovery.ts';

const mebibyte = 1024 * 1024;
const valueBytes = 100_000;
/** About a mebibyte is live. */
const keys = 10;

/** The store tidies up while it is looked at: a file that is gone by now takes no space. */
async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder)) bytes += await fileSize(join(folder, name));
  return bytes;
}

async function fileSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

describe('the space that a data folder takes', () => {
  it('follows what is live and not what was written, where history is compacted', async () => {
    await using folder = await temporaryFolder();
    const store = await openEmbeddedBackend(folder.path);
    let most = 0;
    for (let i = 0; i < 400; i++) {
      await put(store, `/k${i % keys}`, largeValue(i, valueBytes));
      if (i % 50 === 49) {
        await store.compact(await store.revision());
        most = Math.max(most, await sizeOf(folder.path));
      }
    }
    expect(most).to.be.below(3 * mebibyte);
    await store[Symbol.asyncDispose]();
    // What a start reads is all that is there.
    expect((await recover(folder.path)).fileBytes).to.be.below(3 * mebibyte);
  });

  it('is given back when most of it was deleted, by few writes', async () => {
    await using folder = await temporaryFolder();
    await using store = await openEmbeddedBackend(folder.path);
    for (let i = 0; i < 100; i++) await put(store, `/k${i}`, largeValue(i, valueBytes));
    await store.compact(await store.revision());
    expect(await sizeOf(folder.path)).to.be.above(9 * mebibyte);
    for (let i = 0; i < 95; i++) await remove(store, `/k${i}`);
    await store.compact(await store.revision());
    expect(await sizeOf(folder.path)).to.be.below(mebibyte);
  });

  it('is bounded where nobody compacts, by the history that is kept', async () => {
    await using folder = await temporaryFolder();
    await using store = await openEmbeddedBackend(folder.path, { historyBytes: mebibyte });
    let most = 0;
    for (let i = 0; i < 1000; i++) {
      await put(store, `/k${i % keys}`, largeValue(i, valueBytes));
      if (i % 50 === 49) most = Math.max(most, await sizeOf(folder.path));
    }
    // Two files of the log, of 16 MiB, and a snapshot or two.
    expect(most).to.be.below(40 * mebibyte);
    await store.compact(await store.revision());
    expect(await sizeOf(folder.path)).to.be.below(3 * mebibyte);
  });
});
