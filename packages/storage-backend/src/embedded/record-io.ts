import { StorageError } from '../storage-error.ts';
import { frameOverhead } from './frame.ts';

/** Collects a frame's payload in a buffer that grows, with room for the frame's own fields in front. */
export class RecordWriter {
  #buffer = Buffer.allocUnsafe(64 * 1024);
  #size = frameOverhead;

  get isEmpty(): boolean {
    return this.#size === frameOverhead;
  }

  get size(): number {
    return this.#size;
  }

  byte(value: number): void {
    this.#room(1);
    this.#size = this.#buffer.writeUInt8(value, this.#size);
  }

  length(value: number): void {
    this.#room(4);
    this.#size = this.#buffer.writeUInt32LE(value, this.#size);
  }

  /** Any number that JavaScript has, revisions beyond 32 bits among them. */
  number(value: number): void {
    this.#room(8);
    this.#size = this.#buffer.writeDoubleLE(value, this.#size);
  }

  text(value: string): void {
    this.#room(4 + value.length * 3);
    const length = this.#buffer.write(value, this.#size + 4);
    this.#buffer.writeUInt32LE(length, this.#size);
    this.#size += 4 + length;
  }

  bytes(value: Uint8Array): void {
    this.length(value.length);
    this.#room(value.length);
    this.#buffer.set(value, this.#size);
    this.#size += value.length;
  }

  /** What was collected; the writer starts afresh. The buffer is reused by what is written next. */
  take(): Buffer {
    const frame = this.#buffer.subarray(0, this.#size);
    this.#size = frameOverhead;
    return frame;
  }

  #room(bytes: number): void {
    if (this.#size + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#size + bytes));
    this.#buffer.copy(larger, 0, 0, this.#size);
    this.#buffer = larger;
  }
}

/** Reads what a `RecordWriter` wrote. Values are copies, so that a small one does not keep a whole file in memory. */
export class RecordReader {
  readonly #payload: Buffer;
  #offset = 0;

  constructor(payload: Buffer) {
    this.#payload = payload;
  }

  get atEnd(): boolean {
    return this.#offset >= this.#payload.length;
  }

  byte(): number {
    return this.#payload.readUInt8(this.#advance(1));
  }

  length(): number {
    return this.#payload.readUInt32LE(this.#advance(4));
  }

  number(): number {
    return this.#payload.readDoubleLE(this.#advance(8));
  }

  text(): string {
    const length = this.length();
    const start = this.#advance(length);
    return this.#payload.toString('utf8', start, start + length);
  }

  bytes(): Uint8Array {
    const length = this.length();
    const start = this.#advance(length);
    return new Uint8Array(this.#payload.subarray(start, start + length));
  }

  unknown(tag: number): StorageError {
    return new StorageError('corrupt', { message: `unknown record ${tag}` });
  }

  #advance(bytes: number): number {
    const start = this.#offset;
    this.#offset += bytes;
    if (this.#offset > this.#payload.length) {
      throw new StorageError('corrupt', { message: 'a record breaks off' });
    }
    return start;
  }
}
