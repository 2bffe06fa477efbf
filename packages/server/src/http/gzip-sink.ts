import type { ByteSink } from '@keelson/endpoints';
import { deflatedPiece, deflatedPieceNow, wholeMember } from './gzip-member.ts';

/** What is longer is compressed off the event loop. */
const longestNow = 16 * 1024;

type Member = Uint8Array | Promise<Uint8Array>;

/** By the bytes in them: a watch's frames are shared by all its clients. */
const members = new WeakMap<Uint8Array, Member>();

function memberOf(chunk: Uint8Array): Member {
  const known = members.get(chunk);
  if (known !== undefined) return known;
  const made =
    chunk.length <= longestNow
      ? wholeMember(deflatedPieceNow(chunk))
      : deflatedPiece(chunk).then(wholeMember);
  members.set(chunk, made);
  if (made instanceof Promise)
    made.then(
      (member) => void members.set(chunk, member),
      // Whoever awaits it is told.
      () => void members.delete(chunk),
    );
  return made;
}

/** Writes each chunk as a gzip member of its own, in order: a client can read it as soon as it has arrived. */
export class GzipSink implements ByteSink {
  readonly #sink: ByteSink;
  readonly #broken = Promise.withResolvers<never>();
  /** The last chunk that waits for its turn. */
  #last: Promise<void> | undefined;
  #waiting = 0;
  #isBroken = false;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  /** Rejects when something could not be compressed: nothing is written from there on. */
  get broken(): Promise<never> {
    return this.#broken.promise;
  }

  get backlog(): number {
    return this.#sink.backlog + this.#waiting;
  }

  write(chunk: Uint8Array): Promise<void> | undefined {
    const member = memberOf(chunk);
    if (this.#last === undefined && member instanceof Uint8Array) return this.#put(member);
    this.#waiting += chunk.length;
    const written = this.#putInTurn(this.#last, member).catch((error: unknown) => {
      this.#isBroken = true;
      this.#broken.reject(error);
    });
    const done = written.then(() => {
      this.#waiting -= chunk.length;
      if (this.#last === done) this.#last = undefined;
    });
    return (this.#last = done);
  }

  /** Resolves when all chunks had their turn. */
  async finished(): Promise<void> {
    await this.#last;
  }

  async #putInTurn(before: Promise<void> | undefined, member: Member): Promise<void> {
    const bytes = await member;
    await before;
    await this.#put(bytes);
  }

  #put(member: Uint8Array): Promise<void> | undefined {
    return this.#isBroken ? undefined : this.#sink.write(member);
  }
}
