import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import { createHeader } from './file-header.ts';
import { sealFrame } from './frame.ts';
import type { LogFile, OpenLogFile } from './log-file.ts';
import { isFullDisk, syncFolder, toStorageError } from './log-file.ts';

/** One file of the log. */
export interface Segment {
  readonly index: number;
  readonly salt: number;
  /** Where the next frame goes, and its number. */
  bytes: number;
  sequence: number;
  /** The newest revision in it or before it. */
  revision: Revision;
}

/** Large enough to be rare, small enough that what a compaction frees goes soon. */
const segmentBytes = 16 * 1024 * 1024;

export function segmentPath(folder: string, index: number): string {
  return join(folder, `log-${String(index).padStart(10, '0')}`);
}

/** The durable log: frames at the end of the newest of a row of files. Its calls must not overlap. */
export class Journal {
  readonly #folder: string;
  readonly #openFile: OpenLogFile;
  /** The last is the one that is written. */
  readonly #segments: Segment[];
  #file: LogFile;
  /** Set once the newest file may hold what was not acknowledged: nothing can be written behind it. */
  #broken: StorageError | undefined;

  /** Goes on behind what was read of a folder, which ends at `revision`. */
  static async open(
    folder: string,
    segments: readonly Segment[],
    options: { openFile: OpenLogFile; revision: Revision },
  ): Promise<Journal> {
    const last = segments.at(-1);
    if (!last) {
      const begun = await begin(folder, 1, options);
      return new Journal(folder, [begun.segment], begun.file, options.openFile);
    }
    const file = await options.openFile(segmentPath(folder, last.index));
    await file.truncate(last.bytes);
    await file.sync();
    return new Journal(folder, [...segments], file, options.openFile);
  }

  private constructor(folder: string, segments: Segment[], file: LogFile, openFile: OpenLogFile) {
    this.#folder = folder;
    this.#segments = segments;
    this.#file = file;
    this.#openFile = openFile;
  }

  /** The size of the file that is written. */
  get currentBytes(): number {
    return this.#current.bytes;
  }

  /** The newest revision that is on disk. */
  get revision(): Revision {
    return this.#current.revision;
  }

  /** Puts a frame on disk. When that fails, it is as if it had not been tried. */
  async append(frame: Buffer, revision: Revision): Promise<void> {
    if (this.#broken) throw this.#broken;
    if (this.#current.bytes >= segmentBytes) await this.roll();
    const segment = this.#current;
    sealFrame(frame, segment.sequence, segment.salt);
    try {
      await this.#file.write(frame, segment.bytes);
      await this.#file.sync();
    } catch (error) {
      await this.#undo(segment, error);
      throw toStorageError(error);
    }
    segment.bytes += frame.length;
    segment.sequence++;
    segment.revision = revision;
  }

  /** Begins the next file. */
  async roll(): Promise<void> {
    const { index, revision } = this.#current;
    const next = await begin(this.#folder, index + 1, { openFile: this.#openFile, revision });
    await this.#file.close();
    this.#file = next.file;
    this.#segments.push(next.segment);
  }

  /** How many bytes `drop` would give back. */
  bytesThrough(revision: Revision): number {
    return this.#through(revision).reduce((sum, segment) => sum + segment.bytes, 0);
  }

  /** Removes the files that hold nothing after a revision. */
  async drop(revision: Revision): Promise<void> {
    for (const { index } of this.#through(revision)) {
      await rm(segmentPath(this.#folder, index), { force: true });
      this.#segments.shift();
    }
  }

  async close(): Promise<void> {
    this.#broken ??= new StorageError('unavailable', { message: 'the store is closed' });
    await this.#file.close();
  }

  get #current(): Segment {
    return this.#segments.at(-1)!;
  }

  #through(revision: Revision): Segment[] {
    return this.#segments.slice(0, -1).filter((segment) => segment.revision <= revision);
  }

  /** Takes back what a failed write left, durably, so that it cannot turn up after a restart. */
  async #undo(segment: Segment, error: unknown): Promise<void> {
    try {
      await this.#file.truncate(segment.bytes);
      await this.#file.sync();
      // A disk that fails for other reasons than being full is not to be trusted with more.
      if (!isFullDisk(error)) this.#broken = toStorageError(error);
    } catch (cause) {
      this.#broken = toStorageError(cause);
    }
  }
}

async function begin(
  folder: string,
  index: number,
  { openFile, revision }: { openFile: OpenLogFile; revision: Revision },
): Promise<{ segment: Segment; file: LogFile }> {
  const path = segmentPath(folder, index);
  const { header, bytes } = createHeader(revision);
  let file: LogFile | undefined;
  try {
    file = await openFile(path);
    await file.truncate(0);
    await file.write(bytes, 0);
    await file.sync();
    await syncFolder(folder);
  } catch (error) {
    await file?.close();
    await rm(path, { force: true });
    throw toStorageError(error);
  }
  const segment = { index, salt: header.salt, bytes: bytes.length, sequence: 0, revision };
  return { segment, file };
}
