import { VersionedStore } from '../local/versioned-store.ts';
import type { Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import type { FileHeader } from './file-header.ts';
import { headerSize, readHeader } from './file-header.ts';
import type { StoreFile } from './folder-files.ts';
import { openFiles } from './folder-files.ts';
import { hasLaterFrame, readFrame } from './frame.ts';
import type { Segment } from './journal.ts';
import { readRecords } from './records.ts';
import { Replay } from './replay.ts';
import { readSnapshot } from './snapshot-file.ts';
import { keepWorkersAwake } from './worker-wake.ts';

export interface Recovered {
  readonly store: VersionedStore;
  readonly deadlines: ReadonlyMap<string, number>;
  readonly segments: readonly Segment[];
  /** The snapshot that it began with; of no bytes when there was none. */
  readonly snapshot: { readonly revision: Revision; readonly bytes: number };
  /** Files that are of no use any more. */
  readonly obsolete: readonly string[];
  /** The unfinished end of the last write, in bytes: nobody was told that it was done. */
  readonly tornBytes: number;
  /** The size of all files that count. */
  readonly fileBytes: number;
}

interface Log {
  readonly file: StoreFile;
  readonly header: FileHeader;
}

/**
 * Reads what a folder holds: the newest snapshot, and the log behind it. Changes nothing, so that it may read what a server
 * is writing to. Throws `corrupt` with the file and the place unless all that was acknowledged is there.
 */
export async function recover(
  folder: string,
  options: { historyBytes?: number } = {},
): Promise<Recovered> {
  using _awake = keepWorkersAwake();
  await using files = await openFiles(folder);
  const snapshot = files.snapshot && (await readSnapshot(files.snapshot));
  const store = new VersionedStore({ ...options, state: snapshot?.state });
  const replay = new Replay(store, snapshot?.deadlines ?? new Map());
  const { logs, obsolete, promised } = await logsThatCount(files.logs, store.revision);
  if (snapshot && logs.length === 0) {
    throw new StorageError('corrupt', { message: `${folder} has a snapshot and no log` });
  }
  const segments: Segment[] = [];
  let tornBytes = 0;
  for (const [i, log] of logs.entries()) {
    checkFollows(log, logs[i - 1], segments.at(-1)?.revision ?? store.revision);
    const read = await readSegment(log, replay);
    if (read.tornBytes > 0 && i < logs.length - 1) throw damagedAt(log.file, read.segment.bytes);
    segments.push(read.segment);
    ({ tornBytes } = read);
  }
  if (promised > store.revision) {
    const message = `${logs.at(-1)?.file.path} ends at revision ${store.revision}, and a file was begun after revision ${promised}`;
    throw new StorageError('corrupt', { message });
  }
  return {
    store,
    deadlines: replay.deadlines,
    segments,
    snapshot: { revision: files.snapshot?.number ?? 0, bytes: snapshot?.bytes ?? 0 },
    obsolete: [...files.leftovers, ...obsolete.map(({ path }) => path)],
    tornBytes,
    fileBytes: segments.reduce((sum, { bytes }) => sum + bytes, snapshot?.bytes ?? 0) + tornBytes,
  };
}

/**
 * Leaves out the logs before the last one that a snapshot covers, and those at the end into which nothing was written
 * whole: the process ended while it began them, or could not begin them and went on in the one before.
 */
async function logsThatCount(
  files: readonly StoreFile[],
  covered: Revision,
): Promise<{ logs: readonly Log[]; obsolete: readonly StoreFile[]; promised: Revision }> {
  const begun = [...files];
  /** What was on disk when the files at the end were begun. */
  let promised: Revision = 0;
  while (begun.length > 0 && !(await isBegun(begun.at(-1)!, begun.length === 1))) {
    promised = Math.max(promised, (await readLogHeader(begun.pop()!))?.revision ?? 0);
  }
  const logs: Log[] = [];
  for (const file of begun) {
    const header = await readLogHeader(file);
    if (!header) throw new StorageError('corrupt', { message: `${file.path} has no header` });
    if (header.revision <= covered) logs.length = 0;
    logs.push({ file, header });
  }
  const counting = new Set(logs.map(({ file }) => file));
  return { logs, obsolete: files.filter((file) => !counting.has(file)), promised };
}

async function isBegun(file: StoreFile, isOnly: boolean): Promise<boolean> {
  const header = await readLogHeader(file);
  if (!header || isOnly) return header !== undefined;
  const bytes = await readWhole(file.handle);
  return (
    readFrame(bytes, headerSize, { sequence: 0, salt: header.salt }) !== undefined ||
    hasLaterFrame(bytes, headerSize, { sequence: 0, salt: header.salt })
  );
}

async function readLogHeader({ handle, path }: StoreFile): Promise<FileHeader | undefined> {
  const { size } = await handle.stat();
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerSize), 0, headerSize, 0);
  return readHeader(buffer.subarray(0, bytesRead), { path, size });
}

/** Each file says at which revision it was begun: what is missing between two is noticed. */
function checkFollows({ file, header }: Log, before: Log | undefined, reached: Revision): void {
  const follows =
    before === undefined
      ? header.revision <= reached
      : file.number === before.file.number + 1 && header.revision === reached;
  if (follows) return;
  throw new StorageError('corrupt', {
    message: `${file.path} begins after revision ${header.revision}, but what is there before it ends at ${reached}`,
  });
}

/** Applies one file's frames. */
async function readSegment(
  { file, header }: Log,
  replay: Replay,
): Promise<{ segment: Segment; tornBytes: number }> {
  const { handle, number } = file;
  const content = await readWhole(handle);
  const { salt } = header;
  let bytes = headerSize;
  let sequence = 0;
  for (;;) {
    const frame = readFrame(content, bytes, { sequence, salt });
    if (!frame) break;
    for (const record of readRecords(frame.payload)) replay.apply(record);
    bytes = frame.end;
    sequence++;
  }
  if (bytes < content.length && hasLaterFrame(content, bytes, { sequence, salt })) {
    throw damagedAt(file, bytes);
  }
  const revision = Math.max(header.revision, replay.revision);
  const segment = { index: number, salt, bytes, sequence, revision };
  return { segment, tornBytes: content.length - bytes };
}

/** From the beginning, wherever the handle was read before. */
async function readWhole(handle: StoreFile['handle']): Promise<Buffer> {
  const content = Buffer.allocUnsafe((await handle.stat()).size);
  let length = 0;
  while (length < content.length) {
    const { bytesRead } = await handle.read(content, length, content.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return content.subarray(0, length);
}

function damagedAt({ path }: StoreFile, offset: number): StorageError {
  return new StorageError('corrupt', { message: `${path} is damaged at byte ${offset}` });
}
