import type { FileHandle } from 'node:fs/promises';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';

/** A file of the store, open for reading: it can be read to its end also when it is removed meanwhile. */
export interface StoreFile {
  readonly path: string;
  /** A log's place in the row, or a snapshot's revision. */
  readonly number: number;
  readonly handle: FileHandle;
}

/** What a folder holds at one moment. */
export interface FolderFiles extends AsyncDisposable {
  readonly snapshot: StoreFile | undefined;
  readonly logs: readonly StoreFile[];
  /** Files that do not count: older snapshots, and what a process left unfinished that ended meanwhile. */
  readonly leftovers: readonly string[];
}

/** A server that writes moves its files rarely; it is not outrun for ever. */
const attempts = 100;

export function segmentPath(folder: string, index: number): string {
  return join(folder, `log-${String(index).padStart(10, '0')}`);
}

export function snapshotPath(folder: string, revision: Revision): string {
  return join(folder, `snapshot-${String(revision).padStart(16, '0')}`);
}

/**
 * Opens all that counts in a folder. A server may be writing to it: when files came or went while they were opened, they
 * may not belong together, and are opened again.
 */
export async function openFiles(folder: string): Promise<FolderFiles> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const names = await storeNames(folder);
    await using stack = new AsyncDisposableStack();
    const files = await openAll(folder, names, stack);
    if (!files || (await storeNames(folder)).join() !== names.join()) continue;
    const opened = stack.move();
    return { ...files, [Symbol.asyncDispose]: () => opened.disposeAsync() };
  }
  throw new StorageError('unavailable', { message: `the files of ${folder} change all the time` });
}

/** `undefined` when one is gone again. */
async function openAll(
  folder: string,
  names: readonly string[],
  stack: AsyncDisposableStack,
): Promise<Omit<FolderFiles, typeof Symbol.asyncDispose> | undefined> {
  const openFile = async (path: string, number: number): Promise<StoreFile> => {
    const handle = stack.adopt(await open(path, 'r'), (opened) => opened.close());
    return { path, number, handle };
  };
  const snapshots = numbered(names, /^snapshot-(\d+)$/);
  const newest = snapshots.at(-1);
  try {
    const snapshot =
      newest === undefined ? undefined : await openFile(snapshotPath(folder, newest), newest);
    const logs: StoreFile[] = [];
    for (const index of numbered(names, /^log-(\d+)$/)) {
      logs.push(await openFile(segmentPath(folder, index), index));
    }
    const unfinished = names.filter((name) => name.endsWith('.tmp'));
    const older = snapshots.slice(0, -1).map((revision) => snapshotPath(folder, revision));
    return {
      snapshot,
      logs,
      leftovers: [...unfinished.map((name) => join(folder, name)), ...older],
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function storeNames(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => /^(snapshot|log)-\d+(\.tmp)?$/.test(name)).toSorted();
}

function numbered(names: readonly string[], pattern: RegExp): number[] {
  const numbers = names.flatMap((name) => pattern.exec(name)?.[1] ?? []).map(Number);
  return numbers.toSorted((a, b) => a - b);
}
