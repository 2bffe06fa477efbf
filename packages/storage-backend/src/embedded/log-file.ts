import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { StorageError } from '../storage-error.ts';

/** A file that is written at chosen places; the one way in which this backend writes. */
export interface LogFile {
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Returns when the bytes are on disk. When it throws, any part of them may be there. */
  writeThrough(bytes: Uint8Array, position: number): Promise<void>;
  /** Returns when all that was written is on disk. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens a file for writing and makes it where it is missing. */
export type OpenLogFile = (path: string) => Promise<LogFile>;

export const openLogFile: OpenLogFile = async (path) => {
  const created = await open(path, 'a', 0o600);
  await created.close();
  const handle = await open(path, 'r+');
  const through = await openThrough(path, handle);
  return {
    write: (bytes, position) => writeAll(handle, bytes, position),
    writeThrough: (bytes, position) => through.write(bytes, position),
    sync: () => handle.datasync(),
    truncate: (size) => handle.truncate(size),
    close: async () => {
      await through.close();
      await handle.close();
    },
  };
};

/** Writes that return when they are on disk: in one trip to another thread, where the system has such (not on Windows). */
async function openThrough(path: string, handle: FileHandle) {
  const flag = (constants as { O_DSYNC?: number }).O_DSYNC;
  if (flag === undefined) {
    const write = async (bytes: Uint8Array, position: number): Promise<void> => {
      await writeAll(handle, bytes, position);
      await handle.datasync();
    };
    return { write, close: async () => undefined };
  }
  const synced = await open(path, constants.O_RDWR | flag);
  return {
    write: (bytes: Uint8Array, position: number) => writeAll(synced, bytes, position),
    close: () => synced.close(),
  };
}

/** One call may write less than it was given, before it says why. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const rest = bytes.length - done;
    done += (await handle.write(bytes, done, rest, position + done)).bytesWritten;
  }
}

/** Makes the names in a folder durable: those of new files, and that old ones are gone. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows has no such thing: it keeps names itself, and refuses to open folders.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder, with those above it that are missing, so that it is still there after a power cut. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = resolve(folder); ; made = dirname(made)) {
    await syncFolder(dirname(made));
    if (made === resolve(first)) return;
  }
}

const fullDisk = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the file system's refusal means to users of the store. */
export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new StorageError(isFullDisk(error) ? 'no-space' : 'unavailable', {
    message: code === undefined ? message : `the data folder cannot be used: ${message}`,
    cause: error,
  });
}

export function isFullDisk(error: unknown): boolean {
  return fullDisk.has((error as NodeJS.ErrnoException).code ?? '');
}
