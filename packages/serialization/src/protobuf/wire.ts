import { toInt64, type Int64 } from '@keelson/api-machinery';
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

const cutOff = (): WireError => new WireError('unexpected EOF');

/** How deep messages may be nested. */
const maxDepth = 1000;

/** A number that no message has a field of. */
const nobodys = 0x1fff_ffff;

/** Throws when a field is not of the wire type that it should be of; `field` is its name in Go. */
export function expectWireType(tag: number, expected: number, field: string): void {
  if ((tag & 7) !== expected) throw wrongWireType(tag, field);
}

export const wrongWireType = (tag: number, field: string): WireError =>
  new WireError(`proto: wrong wireType = ${tag & 7} for field ${field}`);

/**
 * Reads protobuf's wire format from bytes; what it gives out shares them. Throws WireError.
 * Behaviour: what gogo/protobuf generates for the types of k8s.io/api, v0.37.
 */
export class WireReader {
  readonly #bytes: Uint8Array;
  /** Where it stands. */
  at = 0;
  /** Where the message ends that is being read: nothing of it is beyond. */
  #limit: number;
  #depth = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#limit = bytes.length;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Begins a message that ends at `end`, and gives what `leave` wants to know. */
  enter(end: number): number {
    if (++this.#depth > maxDepth) throw new WireError('exceeded max depth');
    const outer = this.#limit;
    this.#limit = end;
    return outer;
  }

  leave(outer: number): void {
    this.#limit = outer;
    this.#depth--;
  }

  /** The number and the wire type of the next field of a message, as `number * 8 + type`. `message` is its name in Go. */
  tag(message: string): number {
    const { at } = this;
    const first = at < this.#limit ? (this.#bytes[at] ?? 0) : 0xff;
    if (first >= 0x80) return this.#longTag(message);
    this.at = at + 1;
    return first >= 8 && (first & 7) !== wireTypes.endGroup ? first : this.#oddTag(message, at);
  }

  #longTag(message: string): number {
    const start = this.at;
    const tag = this.varint();
    if (tag >= 8 && tag <= 0xffff_ffff && (tag & 7) !== wireTypes.endGroup) return tag;
    return this.#oddTag(message, start);
  }

  /** One that nobody writes. Its number has 32 bits in Go, whatever stands there. */
  #oddTag(message: string, start: number): number {
    const tag = BigInt.asUintN(64, this.#exactly(start));
    const wireType = Number(tag & 7n);
    const field = Number(BigInt.asIntN(32, tag >> 3n));
    if (wireType === wireTypes.endGroup)
      throw new WireError(`proto: ${message}: wiretype end group for non-group`);
    if (field <= 0)
      throw new WireError(`proto: ${message}: illegal tag ${field} (wire type ${tag})`);
    return Math.min(field, nobodys) * 8 + wireType;
  }

  /** The same within an entry of a map, where numbers and types are as they come. */
  entryTag(): number {
    const start = this.at;
    const tag = this.varint();
    if (tag <= 0xffff_ffff) return tag;
    const exact = this.#exactly(start);
    const field = Number(BigInt.asUintN(32, exact >> 3n));
    return Math.min(field, nobodys) * 8 + Number(exact & 7n);
  }

  /** 64 bits without a sign; what is beyond 2^53 is rounded. */
  varint(): number {
    const first = this.at < this.#limit ? (this.#bytes[this.at] ?? 0) : 0xff;
    if (first >= 0x80) return this.#longVarint();
    this.at++;
    return first;
  }

  #longVarint(): number {
    const bytes = this.#bytes;
    const limit = this.#limit;
    let value = 0;
    let weight = 1;
    for (let count = 0; count < 10; count++) {
      if (this.at >= limit) throw cutOff();
      const byte = bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
      weight *= 128;
    }
    throw new WireError('proto: integer overflow');
  }

  /** 64 bits with a sign. */
  int64(): Int64 {
    const start = this.at;
    const value = this.varint();
    return value <= Number.MAX_SAFE_INTEGER ? value : toInt64(this.#exactly(start));
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
    const at = this.#advance(8);
    const { buffer, byteOffset } = this.#bytes;
    return new DataView(buffer, byteOffset + at, 8).getFloat64(0, true);
  }

  /** Reads a length and returns where what is that long ends. */
  end(): number {
    const length = this.varint();
    if (length <= this.#limit - this.at) return this.at + length;
    throw length < 2 ** 63
      ? cutOff()
      : new WireError('proto: negative length found during unmarshaling');
  }

  /** The bytes up to `end`. */
  take(end: number): Uint8Array {
    const start = this.at;
    this.at = end;
    return this.#bytes.subarray(start, end);
  }

  /** The text in UTF-8 up to `end`; what is none becomes U+FFFD. */
  textTo(end: number): string {
    const start = this.at;
    this.at = end;
    return shortText(this.#bytes, start, end) ?? goText(this.#bytes.subarray(start, end));
  }

  /** Passes over a field whose tag was read, and that nobody knows. Within groups no numbers are looked at. */
  skip(tag: number): void {
    let depth = 0;
    for (let wireType = tag & 7; ; wireType = this.#wireType()) {
      if (wireType === wireTypes.varint) this.varint();
      else if (wireType === wireTypes.fixed64) this.#advance(8);
      else if (wireType === wireTypes.bytes) this.at = this.end();
      else if (wireType === wireTypes.fixed32) this.#advance(4);
      else if (wireType === wireTypes.startGroup) depth++;
      else if (wireType !== wireTypes.endGroup)
        throw new WireError(`proto: illegal wireType ${wireType}`);
      else if (depth-- === 0) throw new WireError('proto: unexpected end of group');
      if (depth === 0) return;
    }
  }

  #wireType(): number {
    const first = this.#bytes[this.at] ?? 0;
    this.varint();
    return first & 7;
  }

  /** Goes on by `length` bytes and returns where they begin. */
  #advance(length: number): number {
    const { at } = this;
    if (length > this.#limit - at) throw cutOff();
    this.at += length;
    return at;
  }
}
