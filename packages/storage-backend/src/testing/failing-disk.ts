import { openLogFile } from '../embedded/log-file.ts';
import type { LogFile, OpenLogFile } from '../embedded/log-file.ts';

type Step = 'open' | 'write' | 'sync' | 'truncate';

/** What a disk refuses, and how. */
export interface Failure {
  readonly step: Step;
  readonly code: 'ENOSPC' | 'EIO';
  /** So much of a write is done all the same. */
  readonly written?: number;
  /** Refuses only in files whose path matches. */
  readonly path?: RegExp;
}

/** A real disk that can be told to fail. */
export class FailingDisk {
  failures: readonly Failure[] = [];

  readonly openFile: OpenLogFile = async (path) => {
    this.#check('open', path);
    const file = await openLogFile(path);
    return {
      write: (bytes, position) => this.#write({ file, path }, bytes, position),
      writeThrough: async (bytes, position) => {
        await this.#write({ file, path }, bytes, position);
        this.#check('sync', path);
        await file.sync();
      },
      sync: async () => {
        this.#check('sync', path);
        await file.sync();
      },
      truncate: async (size) => {
        this.#check('truncate', path);
        await file.truncate(size);
      },
      close: () => file.close(),
    };
  };

  async #write(
    { file, path }: { file: LogFile; path: string },
    bytes: Uint8Array,
    position: number,
  ): Promise<void> {
    const failure = this.#failureOf('write', path);
    if (failure?.written) await file.write(bytes.subarray(0, failure.written), position);
    this.#check('write', path);
    await file.write(bytes, position);
  }

  #failureOf(step: Step, path: string): Failure | undefined {
    return this.failures.find((one) => one.step === step && (one.path?.test(path) ?? true));
  }

  #check(step: Step, path: string): void {
    const failure = this.#failureOf(step, path);
    if (!failure) return;
    throw Object.assign(new Error(`${failure.code}: planted, ${step} '${path}'`), {
      code: failure.code,
    });
  }
}
