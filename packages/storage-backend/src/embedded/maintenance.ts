import { open, rm } from 'node:fs/promises';
import type { Tree } from '../local/tree.ts';
import type { Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import { openFiles, snapshotPath } from './folder-files.ts';
import { lockFolder } from './folder-lock.ts';
import { Journal } from './journal.ts';
import { makeFolder, openLogFile, toStorageError } from './log-file.ts';
import { recover } from './recovery.ts';
import { readSnapshot, writeSnapshot, writeSnapshotFile } from './snapshot-file.ts';
import type { Snapshot } from './snapshot-file.ts';

/** What was found in a folder or in a backup. */
export interface StoreReport {
  readonly revision: Revision;
  readonly compactedRevision: Revision;
  readonly keys: number;
  /** The size of the live values. */
  readonly valueBytes: number;
  /** The size of the files. */
  readonly fileBytes: number;
  /** The unfinished end of the last write, or one that is under way. */
  readonly tornBytes: number;
}

/** Reads a whole folder, which a server may be using, and changes nothing. Throws `corrupt` with the file and the place of what is damaged. */
export async function verifyStore(folder: string): Promise<StoreReport> {
  return await orStorageError(async () => {
    await checkHoldsStore(folder);
    const { store, tornBytes, fileBytes } = await recover(folder);
    const tree = store.treeAt(store.revision);
    return {
      revision: store.revision,
      compactedRevision: store.history.compacted,
      ...contentOf(tree),
      fileBytes,
      tornBytes,
    };
  });
}

/**
 * Writes all that is live at the newest revision into one file, which is there whole or not at all. A server may be using the
 * folder; it is neither asked nor stopped.
 */
export async function backUpStore(folder: string, file: string): Promise<StoreReport> {
  return await orStorageError(async () => {
    await checkHoldsStore(folder);
    const { store, deadlines } = await recover(folder);
    const { revision } = store;
    await writeSnapshotFile(
      file,
      { revision, tree: store.treeAt(revision) },
      { openFile: openLogFile, deadlineOf: (key) => deadlines.get(key) },
    );
    return await verifyBackup(file);
  });
}

/** Reads a whole backup. Throws `corrupt` when it is damaged. */
export async function verifyBackup(file: string): Promise<StoreReport> {
  return await orStorageError(async () => {
    const { state, bytes } = await readBackup(file);
    return {
      revision: state.revision,
      compactedRevision: state.compacted,
      ...contentOf(state.tree),
      fileBytes: bytes,
      tornBytes: 0,
    };
  });
}

export interface RestoreOptions {
  /** Added to the revision, so that it is beyond all that clients have seen who outlive the restore. */
  readonly bumpRevision?: number;
}

/** Makes a folder's store from a backup. The folder must hold none, and is locked meanwhile. */
export async function restoreStore(
  file: string,
  folder: string,
  { bumpRevision = 0 }: RestoreOptions = {},
): Promise<StoreReport> {
  await orStorageError(async () => {
    const { state, deadlines } = await readBackup(file);
    await makeFolder(folder);
    await using _lock = await lockFolder(folder);
    if (await holdsStore(folder)) {
      throw new StorageError('locked', {
        message: `${folder} holds a store already: restore into a folder without one`,
      });
    }
    const revision = state.revision + bumpRevision;
    // The log first: when the process ends in between, it follows a revision that is not there, and is not served.
    const journal = await Journal.open(folder, [], { openFile: openLogFile, revision });
    await journal.close();
    await writeSnapshot(
      folder,
      { revision, tree: state.tree },
      { openFile: openLogFile, deadlineOf: (key) => deadlines.get(key) },
    );
  });
  return await verifyStore(folder);
}

/** Gives up all history of a folder that no server uses, and the space that it takes. */
export async function compactStore(
  folder: string,
): Promise<{ readonly before: StoreReport; readonly after: StoreReport }> {
  return await orStorageError(async () => {
    await checkHoldsStore(folder);
    await using _lock = await lockFolder(folder);
    const before = await verifyStore(folder);
    const { store, deadlines, segments, snapshot, obsolete } = await recover(folder);
    const { revision } = store;
    for (const path of obsolete) await rm(path, { force: true });
    const journal = await Journal.open(folder, segments, { openFile: openLogFile, revision });
    if (snapshot.bytes === 0 || snapshot.revision < revision) {
      await writeSnapshot(
        folder,
        { revision, tree: store.treeAt(revision) },
        { openFile: openLogFile, deadlineOf: (key) => deadlines.get(key) },
      );
      await journal.roll();
      await journal.drop(revision);
      if (snapshot.bytes > 0) await rm(snapshotPath(folder, snapshot.revision), { force: true });
    }
    await journal.close();
    return { before, after: await verifyStore(folder) };
  });
}

async function readBackup(path: string): Promise<Snapshot> {
  await using handle = await open(path, 'r');
  return await readSnapshot({ path, number: 0, handle });
}

function contentOf(tree: Tree): { keys: number; valueBytes: number } {
  let valueBytes = 0;
  for (const { value } of tree.values()) valueBytes += value.length;
  return { keys: tree.size, valueBytes };
}

async function checkHoldsStore(folder: string): Promise<void> {
  if (await holdsStore(folder)) return;
  throw new StorageError('unavailable', { message: `${folder} holds no store` });
}

async function holdsStore(folder: string): Promise<boolean> {
  try {
    await using files = await openFiles(folder);
    return files.snapshot !== undefined || files.logs.length > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function orStorageError<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw toStorageError(error);
  }
}
