import { shortText } from '../bytes.ts';
import { goText } from '../utf8.ts';

/** What a protobuf message is cut off in, or is not at all. */
export class WireError extends Error {}

export const wireTypes = {
  varint: 0,
  fixed64: 1,
  bytes: 2,
  startGroup: 3,
  endGroup: 4,
  fixed32: 5,
} as const;

/** Reads protobuf's wire format from bytes; what it gives out shares them. Throws WireError. */
export class WireReader {
  readonly #bytes: Uint8Array;
  /** Where it stands. */
  at = 0;
  /** How deep the message is nested that is being read: whoever reads messages keeps it. */
  depth = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** The number and the wire type of the next field, as `number * 8 + type`. */
  tag(): number {
    const tag = this.varint();
    if (tag >= 8 && tag <= 0xffff_ffff) return tag;
    throw new WireError(`proto: illegal tag ${tag >>> 3} (wire type ${tag & 7})`);
  }

  /** 64 bits without a sign; what is beyond 2^53 is rounded. */
  varint(): number {
    const bytes = this.#bytes;
    let value = 0;
    let weight = 1;
    for (let count = 0; count < 10; count++) {
      const byte = bytes[this.at++];
      if (byte === undefined) throw new WireError('unexpected EOF');
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
      weight *= 128;
    }
    throw new WireError('proto: integer overflow');
  }

  /** 64 bits with a sign; a bigint where a number would not be exact. */
  int64(): number | bigint {
    const start = this.at;
    const value = this.varint();
    if (value <= Number.MAX_SAFE_INTEGER) return value;
    const exact = this.#exactly(start);
    const isSafe =
      exact >= BigInt(Number.MIN_SAFE_INTEGER) && exact <= BigInt(Number.MAX_SAFE_INTEGER);
    return isSafe ? Number(exact) : exact;
  }

  /** The low 32 bits, with a sign. */
  int32(): number {
    const start = this.at;
    const value = this.varint();
    return value <= 0x7fff_ffff ? value : Number(BigInt.asIntN(32, this.#exactly(start)));
  }

  #exactly(start: number): bigint {
    let value = 0n;
    for (let at = start, shift = 0n; at < this.at; at++, shift += 7n)
      value |= BigInt((this.#bytes[at] ?? 0) & 0x7f) << shift;
    return BigInt.asIntN(64, value);
  }

  double(): number {
    const at = this.advance(8);
    const { buffer, byteOffset } = this.#bytes;
    return new DataView(buffer, byteOffset + at, 8).getFloat64(0, true);
  }

  /** Reads a length and returns where what is that long ends, which is not beyond `limit`. */
  end(limit: number): number {
    const length = this.varint();
    if (length > limit - this.at) throw new WireError('unexpected EOF');
    return this.at + length;
  }

  bytes(): Uint8Array {
    return this.take(this.end(this.#bytes.length));
  }

  /** The bytes up to `end`. */
  take(end: number): Uint8Array {
    const start = this.at;
    this.at = end;
    return this.#bytes.subarray(start, end);
  }

  /** Throws when a field went beyond the message that it is in. */
  mustBeAt(end: number): void {
    if (this.at !== end) throw new WireError('unexpected EOF');
  }

  /** Text in UTF-8; what is none becomes U+FFFD. */
  text(): string {
    return this.textTo(this.end(this.#bytes.length));
  }

  /** The text up to `end`. */
  textTo(end: number): string {
    const start = this.at;
    this.at = end;
    return shortText(this.#bytes, start, end) ?? goText(this.#bytes.subarray(start, end));
  }

  /** Passes over a field that nobody knows. */
  skip(tag: number): void {
    let depth = 0;
    for (let next = tag; ; next = this.tag()) {
      const wireType = next & 7;
      if (wireType === wireTypes.varint) this.varint();
      else if (wireType === wireTypes.fixed64) this.advance(8);
      else if (wireType === wireTypes.bytes) this.at = this.end(this.#bytes.length);
      else if (wireType === wireTypes.fixed32) this.advance(4);
      else if (wireType === wireTypes.startGroup) depth++;
      else if (wireType !== wireTypes.endGroup)
        throw new WireError(`proto: illegal wireType ${wireType}`);
      else if (depth-- === 0) throw new WireError('proto: unexpected end of group');
      if (depth === 0) return;
    }
  }

  /** Goes on by `length` bytes and returns where they begin. */
  advance(length: number): number {
    const { at } = this;
    if (length > this.#bytes.length - at) throw new WireError('unexpected EOF');
    this.at += length;
    return at;
  }
}
