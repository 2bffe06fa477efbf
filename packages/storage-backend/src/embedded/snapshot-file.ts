import type { FileHandle } from 'node:fs/promises';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StoreState } from '../local/versioned-store.ts';
import type { Tree } from '../local/tree.ts';
import { createTree } from '../local/tree.ts';
import type { Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import { createHeader, headerSize, readHeader } from './file-header.ts';
import type { StoreFile } from './folder-files.ts';
import { snapshotPath } from './folder-files.ts';
import { frameOverhead, readFrame, sealFrame } from './frame.ts';
import type { OpenLogFile } from './log-file.ts';
import { syncFolder, toStorageError } from './log-file.ts';
import { RecordWriter } from './record-io.ts';
import { readRecords, writeEnd, writeEntry } from './records.ts';
import { keepWorkersAwake } from './worker-wake.ts';

/** So much is encoded at a time before others get their turn: under a millisecond. */
const frameBytes = 256 * 1024;

interface Content {
  readonly revision: Revision;
  readonly tree: Tree;
}

interface WriteOptions {
  readonly openFile: OpenLogFile;
  readonly deadlineOf: (key: string) => number | undefined;
}

/** Writes all that is live at a revision, so that the log up to there can go. Returns the file's size. */
export async function writeSnapshot(
  folder: string,
  content: Content,
  options: WriteOptions,
): Promise<number> {
  return await writeSnapshotFile(snapshotPath(folder, content.revision), content, options);
}

/** Writes a file that has its name only once it is whole and on disk. */
export async function writeSnapshotFile(
  path: string,
  content: Content,
  options: WriteOptions,
): Promise<number> {
  using _awake = keepWorkersAwake();
  const unfinished = `${path}.tmp`;
  let renamed = false;
  try {
    const size = await writeEntries(unfinished, content, options);
    await rename(unfinished, path);
    renamed = true;
    await syncFolder(dirname(path));
    return size;
  } catch (error) {
    // Whichever name it has: what is in it is elsewhere, too.
    await rm(renamed ? path : unfinished, { force: true });
    throw toStorageError(error);
  }
}

async function writeEntries(
  path: string,
  { revision, tree }: Content,
  { openFile, deadlineOf }: WriteOptions,
): Promise<number> {
  const file = await openFile(path);
  try {
    const { header, bytes } = createHeader(revision);
    const writer = new RecordWriter();
    let size = bytes.length;
    let sequence = 0;
    const flush = async () => {
      const frame = writer.take();
      sealFrame(frame, sequence++, header.salt);
      await file.write(frame, size);
      size += frame.length;
    };
    await file.truncate(0);
    await file.write(bytes, 0);
    for (const entry of tree.values()) {
      writeEntry(writer, entry, deadlineOf(entry.key));
      if (writer.size >= frameBytes) await flush();
    }
    writeEnd(writer, tree.size);
    await flush();
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

export interface Snapshot {
  readonly state: StoreState;
  readonly deadlines: Map<string, number>;
  readonly bytes: number;
}

/** Throws `corrupt` unless it is whole: it only got its name when it was. */
export async function readSnapshot({ handle, path }: StoreFile): Promise<Snapshot> {
  const { size } = await handle.stat();
  const header = readHeader(await readAt(handle, 0, headerSize), { path, size });
  if (!header) throw damagedAt(path, 0);
  const tree = createTree();
  const deadlines = new Map<string, number>();
  let offset = headerSize;
  for (let sequence = 0; ; sequence++) {
    const frame = await readFrameAt(handle, offset, size);
    const payload = frame && readFrame(frame, 0, { sequence, salt: header.salt })?.payload;
    if (!payload) throw damagedAt(path, offset);
    offset += frame.length;
    for (const record of readRecords(payload)) {
      if (record.type === 'entry') {
        tree.set(record.entry.key, record.entry);
        if (record.deadline !== undefined) deadlines.set(record.entry.key, record.deadline);
      } else if (record.type === 'end' && record.entries === tree.size && offset === size) {
        const { revision } = header;
        return { state: { revision, compacted: revision, tree }, deadlines, bytes: size };
      } else throw damagedAt(path, offset);
    }
  }
}

async function readFrameAt(
  handle: FileHandle,
  offset: number,
  size: number,
): Promise<Buffer | undefined> {
  if (offset + frameOverhead > size) return undefined;
  const fields = await readAt(handle, offset, frameOverhead);
  const length = frameOverhead + fields.readUInt32LE(8);
  return offset + length > size ? undefined : readAt(handle, offset, length);
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function damagedAt(path: string, offset: number): StorageError {
  return new StorageError('corrupt', { message: `${path} is damaged at byte ${offset}` });
}
