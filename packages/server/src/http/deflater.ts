import type { TransformOptions } from 'node:stream';
import { constants, createDeflateRaw, type ZlibOptions } from 'node:zlib';

/** How many are kept for the next text, and how much room each keeps. */
const mostIdle = 4;
const largestRoom = 1024 * 1024;

const options: ZlibOptions & Pick<TransformOptions, 'readableHighWaterMark'> = {
  level: constants.Z_BEST_SPEED,
  // Whole bytes, and nothing that follows refers to them.
  flush: constants.Z_FULL_FLUSH,
  // What a text comes to is read when all of it is there.
  readableHighWaterMark: 2 ** 31,
};

const idle: Deflater[] = [];

/** Lends a deflater. One that fails is not lent again. */
export async function withDeflater<R>(use: (deflater: Deflater) => Promise<R>): Promise<R> {
  const deflater = idle.pop() ?? new Deflater();
  const result = await use(deflater);
  if (idle.length < mostIdle) idle.push(deflater);
  return result;
}

/**
 * Compresses texts off the event loop, one after the other and each for itself. Its state is used again: to make one for every text
 * costs as much as to compress it, and is a quarter of a megabyte for the garbage collector to look after.
 */
export class Deflater {
  readonly #stream = createDeflateRaw(options);
  #room: Buffer<ArrayBuffer> = Buffer.alloc(0);

  constructor() {
    // Whoever compresses is told.
    this.#stream.on('error', () => undefined);
  }

  /** Where a text may be written that is then compressed; not to be kept. */
  room(length: number): Buffer<ArrayBuffer> {
    if (length > largestRoom) return Buffer.allocUnsafe(length);
    if (this.#room.length < length) this.#room = Buffer.allocUnsafeSlow(largestRoom);
    return this.#room.subarray(0, length);
  }

  /** Not before the last text is done. */
  compress(text: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#stream.write(text, (error) => {
        if (error) reject(error);
        else resolve(Buffer.concat([...this.#output()]));
      });
    });
  }

  *#output(): Iterable<Buffer> {
    for (;;) {
      const part = this.#stream.read() as Buffer | null;
      if (part === null) return;
      yield part;
    }
  }
}
