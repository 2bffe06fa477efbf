import { constants, crc32, deflateRawSync } from 'node:zlib';
import { withDeflater } from './deflater.ts';
import { combineCrc, combineShifts, crcShift } from './crc32-combine.ts';

/** A piece of text in the deflate format: whole bytes, no reference to what stands before it, so pieces can be put together in any order. */
export interface DeflatedPiece {
  /** Of a piece that was joined with others: the same bytes among theirs. */
  bytes: Uint8Array;
  /** Of the text. */
  readonly length: number;
  readonly crc: number;
  /** What the length does to the CRC of what stands before. */
  readonly shift: number;
}

/** Compresses a text off the event loop: what is given, or what is written into room that is lent for it. */
export function deflatedPiece(text: Uint8Array | WrittenText): Promise<DeflatedPiece> {
  return withDeflater(async (deflater) => {
    const bytes = text instanceof Uint8Array ? text : text((length) => deflater.room(length));
    return pieceOf(bytes, await deflater.compress(bytes));
  });
}

type WrittenText = (room: (length: number) => Buffer<ArrayBuffer>) => Uint8Array;

/** Compresses a short text on the event loop. */
export function deflatedPieceNow(text: Uint8Array): DeflatedPiece {
  return pieceOf(text, deflateRawSync(text, shortText));
}

const shortText = {
  level: constants.Z_BEST_SPEED,
  finishFlush: constants.Z_SYNC_FLUSH,
  chunkSize: 4096,
};

/** A short text as it is. */
export function storedPiece(text: Uint8Array): DeflatedPiece {
  if (text.length > 0xffff) throw new RangeError(`${text.length} bytes do not fit a stored block`);
  const header = Buffer.alloc(5);
  header.writeUInt16LE(text.length, 1);
  header.writeUInt16LE(text.length ^ 0xffff, 3);
  return pieceOf(text, Buffer.concat([header, text]));
}

function pieceOf(text: Uint8Array, bytes: Uint8Array): DeflatedPiece {
  return { bytes, length: text.length, crc: crc32(text), shift: crcShift(text.length) };
}

/** No name, no time, fastest, no system: as Go writes it. */
const memberHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 0xff]);
const lastBlock = [0x01, 0x00, 0x00, 0xff, 0xff];

/** Pieces as one. What they were compressed to is held once: theirs become parts of the whole's. */
export function joinedPieces(pieces: readonly DeflatedPiece[]): DeflatedPiece {
  const joined = { bytes: Buffer.concat(pieces.map(({ bytes }) => bytes)), ...nothing };
  let end = 0;
  for (const piece of pieces) {
    const start = end;
    end += piece.bytes.length;
    piece.bytes = joined.bytes.subarray(start, end);
    joined.length += piece.length;
    joined.crc = combineCrc(joined.crc, piece.crc, piece.shift);
    joined.shift = combineShifts(joined.shift, piece.shift);
  }
  return joined;
}

const nothing = { length: 0, crc: 0, shift: crcShift(0) };

/** A gzip member (RFC 1952) around pieces: its header, then whatever is added, then what `end` gives. */
export class GzipMember {
  readonly header: Uint8Array = memberHeader;
  #crc = 0;
  #length = 0;

  /** Counts a piece in; gives what to write of it. */
  add({ bytes, length, crc, shift }: DeflatedPiece): Uint8Array {
    this.#crc = combineCrc(this.#crc, crc, shift);
    this.#length += length;
    return bytes;
  }

  end(): Uint8Array {
    const end = Buffer.alloc(13);
    end.set(lastBlock);
    end.writeUInt32LE(this.#crc, 5);
    end.writeUInt32LE(this.#length % 2 ** 32, 9);
    return end;
  }
}

/** A whole member. All of its text can be read before its end has arrived: Go's readers wait there for the member that follows. */
export function wholeMember(piece: DeflatedPiece): Uint8Array {
  const member = new GzipMember();
  return Buffer.concat([member.header, member.add(piece), member.end()]);
}
