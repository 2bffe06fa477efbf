import { open } from 'node:fs/promises';
import { openLogFile } from '../embedded/log-file.ts';
import type { LogFile, OpenLogFile } from '../embedded/log-file.ts';
import type { Random } from './random.ts';

/** Disks write so much at once or not at all. */
const sector = 512;

/** A write that may not have reached the disk: what was there before. */
interface Pending {
  readonly path: string;
  readonly position: number;
  readonly before: Buffer;
  /** How long the file was. */
  readonly size: number;
  readonly length: number;
}

/**
 * A disk with a cache, as all have. What was written after the last successful `sync` of a file may be there after a power
 * cut, or not, sector by sector.
 */
export class CachedDisk {
  #pending: Pending[] = [];
  #off = false;

  readonly openFile: OpenLogFile = async (path) => {
    const file = await openLogFile(path);
    return {
      write: (bytes, position) => this.#write({ file, path }, bytes, position),
      writeThrough: async (bytes, position) => {
        await this.#write({ file, path }, bytes, position);
        await this.#sync({ file, path });
      },
      sync: () => this.#sync({ file, path }),
      truncate: async (size) => {
        this.#checkPower();
        await file.truncate(size);
      },
      close: () => file.close(),
    };
  };

  /** From here on nothing is written. */
  switchOff(): void {
    this.#off = true;
  }

  /** Once nobody writes any more: takes back some of what was not synced. */
  async settle(random: Random): Promise<void> {
    for (const pending of this.#pending.toReversed()) await takeBack(pending, random);
    this.#pending = [];
  }

  async #write(
    { file, path }: { file: LogFile; path: string },
    bytes: Uint8Array,
    position: number,
  ): Promise<void> {
    this.#checkPower();
    const handle = await open(path, 'r');
    const { size } = await handle.stat();
    const before = Buffer.alloc(bytes.length);
    await handle.read(before, 0, before.length, position);
    await handle.close();
    this.#pending.push({ path, position, before, size, length: bytes.length });
    await file.write(bytes, position);
    this.#checkPower();
  }

  async #sync({ file, path }: { file: LogFile; path: string }): Promise<void> {
    this.#checkPower();
    const synced = new Set(this.#pending.filter((one) => one.path === path));
    await file.sync();
    this.#checkPower();
    this.#pending = this.#pending.filter((one) => !synced.has(one));
  }

  #checkPower(): void {
    if (this.#off) throw Object.assign(new Error('EIO: the power is off'), { code: 'EIO' });
  }
}

async function takeBack(pending: Pending, random: Random): Promise<void> {
  const { path, position, before, size, length } = pending;
  const handle = await open(path, 'r+').catch(() => undefined);
  // A file that was removed again needs nothing taken back.
  if (!handle) return;
  try {
    for (let at = 0; at < length;) {
      const end = Math.min(length, at + sector - ((position + at) % sector));
      if (random.chance(50)) await handle.write(before, at, end - at, position + at);
      at = end;
    }
    if (random.chance(50)) await handle.truncate(size);
  } finally {
    await handle.close();
  }
}
