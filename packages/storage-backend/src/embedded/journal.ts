import { rm } from 'node:fs/promises';
import type { Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';
import { createHeader } from './file-header.ts';
import { segmentPath } from './folder-files.ts';
import { frameOverhead, sealFrame } from './frame.ts';
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

/** The durable log: frames at the end of the newest of a row of files. Its calls must not overlap. */
export class Journal {
  readonly #folder: string;
  readonly #openFile: OpenLogFile;
  /** The last is the one that is written. */
  readonly #segments: Segment[];
  #file: LogFile;
  /** Set once the newest file may hold what was not acknowledged, or not what was: nothing can be written behind it. */
  #broken: StorageError | undefined;
  readonly #mark = Buffer.alloc(frameOverhead);

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

  /** Throws what ended all writing. */
  checkSound(): void {
    if (this.#broken) throw this.#broken;
  }

  /** Puts a frame on disk. Unless it throws `unavailable`, a failure is as if it had not been tried. */
  async append(frame: Buffer, revision: Revision): Promise<void> {
    this.checkSound();
    if (this.#current.bytes >= segmentBytes) await this.roll();
    const segment = this.#current;
    sealFrame(frame, segment.sequence, segment.salt);
    try {
      await this.#file.writeThrough(frame, segment.bytes);
    } catch (error) {
      await this.#undo(segment, error);
      throw this.#broken ?? toStorageError(error);
    }
    segment.bytes += frame.length;
    segment.sequence++;
    segment.revision = revision;
  }

  /**
   * Puts an empty frame behind the last one, where the next will overwrite it. It shows that the last one was on disk and
   * may have been acknowledged: damage to that is then damage, and not a write that the process did not live to finish.
   */
  async mark(): Promise<void> {
    if (this.#broken) return;
    const { bytes, sequence, salt } = this.#current;
    sealFrame(this.#mark, sequence, salt);
    try {
      await this.#file.write(this.#mark, bytes);
    } catch {
      // A full disk: nothing that anybody was promised depends on the mark, and what follows overwrites it.
    }
  }

  /** Begins the next file. */
  async roll(): Promise<void> {
    const { index, revision } = this.#current;
    const next = await begin(this.#folder, index + 1, { openFile: this.#openFile, revision });
    const previous = this.#file;
    this.#file = next.file;
    this.#segments.push(next.segment);
    await previous.close();
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

  /** What was acknowledged is on disk already; the mark behind it goes there, too. */
  async close(): Promise<void> {
    const wasBroken = this.#broken !== undefined;
    this.#broken ??= new StorageError('unavailable', { message: 'the store is closed' });
    try {
      if (!wasBroken) await this.#file.sync();
    } finally {
      await this.#file.close();
    }
  }

  get #current(): Segment {
    return this.#segments.at(-1)!;
  }

  #through(revision: Revision): Segment[] {
    return this.#segments.slice(0, -1).filter((segment) => segment.revision <= revision);
  }

  /**
   * Takes back what a failed write left, durably, so that it cannot turn up after a restart. But nobody knows what a disk
   * that fails for other reasons than being full has kept, and asking again may report success for pages that were given up:
   * that is the end of writing, and whoever opens the folder next reads what is there.
   */
  async #undo(segment: Segment, error: unknown): Promise<void> {
    try {
      await this.#file.truncate(segment.bytes);
      await this.#file.sync();
      if (!isFullDisk(error)) this.#broken = brokenBy(error);
    } catch (cause) {
      this.#broken = brokenBy(cause);
    }
  }
}

function brokenBy(error: unknown): StorageError {
  const { message } = error as Error;
  return new StorageError('unavailable', {
    message: `the disk failed, and nothing is written until the store is opened again: ${message}`,
    cause: error,
  });
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
