import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keyOf } from '../local/commit.ts';
import { VersionedStore } from '../local/versioned-store.ts';
import type { Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import { headerSize, readHeader } from './file-header.ts';
import { hasLaterFrame, readFrame } from './frame.ts';
import type { Segment } from './journal.ts';
import { segmentPath } from './journal.ts';
import type { LogRecord } from './records.ts';
import { readRecords } from './records.ts';
import { readSnapshot, snapshotPath } from './snapshot-file.ts';

export interface Recovered {
  readonly store: VersionedStore;
  readonly deadlines: ReadonlyMap<string, number>;
  readonly segments: readonly Segment[];
  /** The snapshot that it began with; of no bytes when there was none. */
  readonly snapshot: { readonly revision: Revision; readonly bytes: number };
}

/** Reads what a folder holds: the newest snapshot, and the log behind it. */
export async function recover(
  folder: string,
  options: { historyBytes?: number },
): Promise<Recovered> {
  const files = await tidy(folder);
  const path = files.snapshot === undefined ? undefined : snapshotPath(folder, files.snapshot);
  const snapshot = path === undefined ? undefined : await readSnapshot(path);
  const store = new VersionedStore({ ...options, state: snapshot?.state });
  const replay = new Replay(store, snapshot?.deadlines ?? new Map());
  const segments: Segment[] = [];
  for (const [i, index] of files.logs.entries()) {
    if (i > 0 && index !== files.logs[i - 1]! + 1) {
      throw new StorageError('corrupt', {
        message: `${segmentPath(folder, index - 1)} is missing`,
      });
    }
    const isLast = i === files.logs.length - 1;
    const segment = await readSegment(folder, index, { isLast, replay });
    if (segment) segments.push(segment);
  }
  return {
    store,
    deadlines: replay.deadlines,
    segments,
    snapshot: { revision: files.snapshot ?? 0, bytes: snapshot?.bytes ?? 0 },
  };
}

/** Names the files that count, and removes those that a process left behind which ended in between. */
async function tidy(folder: string): Promise<{ snapshot: Revision | undefined; logs: number[] }> {
  const names = await readdir(folder);
  for (const name of names) {
    if (name.endsWith('.tmp')) await rm(join(folder, name), { force: true });
  }
  const snapshots = numbered(names, /^snapshot-(\d+)$/);
  for (const older of snapshots.slice(0, -1)) {
    await rm(snapshotPath(folder, older), { force: true });
  }
  return { snapshot: snapshots.at(-1), logs: numbered(names, /^log-(\d+)$/) };
}

function numbered(names: readonly string[], pattern: RegExp): number[] {
  const numbers = names.flatMap((name) => pattern.exec(name)?.[1] ?? []).map(Number);
  return numbers.toSorted((a, b) => a - b);
}

/** Applies one file's frames. `undefined` when the process ended before the file was begun properly. */
async function readSegment(
  folder: string,
  index: number,
  { isLast, replay }: { isLast: boolean; replay: Replay },
): Promise<Segment | undefined> {
  const path = segmentPath(folder, index);
  const file = await readFile(path);
  const header = readHeader(file, path);
  if (!header) {
    if (!isLast) throw new StorageError('corrupt', { message: `${path} has no header` });
    await rm(path);
    return undefined;
  }
  const { salt } = header;
  let bytes = headerSize;
  let sequence = 0;
  for (;;) {
    const frame = readFrame(file, bytes, { sequence, salt });
    if (!frame) break;
    for (const record of readRecords(frame.payload)) replay.apply(record);
    bytes = frame.end;
    sequence++;
  }
  const isWhole = bytes === file.length;
  if (!isWhole && (!isLast || hasLaterFrame(file, bytes, { sequence, salt }))) {
    throw new StorageError('corrupt', { message: `${path} is damaged at byte ${bytes}` });
  }
  return { index, salt, bytes, sequence, revision: Math.max(header.revision, replay.revision) };
}

/** Does again what the log says was done. */
class Replay {
  readonly #store: VersionedStore;
  readonly deadlines: Map<string, number>;
  /** The newest revision that the log named, also where a snapshot had it already. */
  revision: Revision = 0;

  constructor(store: VersionedStore, deadlines: Map<string, number>) {
    this.#store = store;
    this.deadlines = deadlines;
  }

  apply(record: LogRecord): void {
    if (record.type === 'compaction') {
      if (record.revision <= this.#store.revision) this.#store.compact(record.revision);
    } else if (record.type === 'commit') this.#commit(record);
    else
      throw new StorageError('corrupt', { message: `a log holds a record of type ${record.type}` });
  }

  #commit({ revision, changes }: LogRecord & { type: 'commit' }): void {
    this.revision = revision;
    if (revision <= this.#store.revision) return;
    const { commit } = this.#store.stage([], changes);
    if (commit?.revision !== revision || commit.events.length !== changes.length) {
      throw new StorageError('corrupt', { message: `revision ${revision} does not follow` });
    }
    this.#store.publish(commit);
    for (const event of commit.events) {
      const deadline = commit.expiries?.get(keyOf(event));
      if (deadline === undefined) this.deadlines.delete(keyOf(event));
      else this.deadlines.set(keyOf(event), deadline);
    }
  }
}
