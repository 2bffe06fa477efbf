import { shortText } from '../bytes.ts';
import { irregular } from '../reader.ts';
import { goText } from '../utf8.ts';
import { halfOf } from './cbor-cursor.ts';
import { majors } from './cbor-writer.ts';

export const [falseByte, trueByte, nullByte] = [0xf4, 0xf5, 0xf6];
const [half, single, double] = [0xf9, 0xfa, 0xfb];

/** Reads items in the form in which Kubernetes' clients write them. Throws `irregular` for others, and for what is cut off. */
export class QuickSource {
  readonly bytes: Uint8Array;
  at = 0;
  /** In how many objects of known types the item is. */
  depth = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The kind of the item that comes. */
  get next(): number {
    return (this.bytes[this.at] ?? 0) >>> 5;
  }

  /** Passes over null when it comes. */
  takeNull(): boolean {
    if (this.bytes[this.at] !== nullByte) return false;
    this.at++;
    return true;
  }

  /** The length of a list or a map: how many there are cannot be more than there are bytes. */
  length(major: number): number {
    const first = this.byte();
    if (first >>> 5 !== major) throw irregular;
    const length = this.argument(first & 31);
    if (length > this.bytes.length - this.at) throw irregular;
    return length;
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw irregular;
    return byte;
  }

  /** The argument of a head whose first byte was read. */
  argument(info: number): number {
    if (info < 24) return info;
    if (info === 24) return this.byte();
    if (info === 25) return this.byte() * 256 + this.byte();
    if (info === 26) return this.#word();
    if (info !== 27) throw irregular;
    const argument = this.#word() * 2 ** 32 + this.#word();
    if (argument > Number.MAX_SAFE_INTEGER) throw irregular;
    return argument;
  }

  #word(): number {
    return (this.byte() * 256 + this.byte()) * 65_536 + this.byte() * 256 + this.byte();
  }

  integer(low: number, high: number): number {
    const first = this.byte();
    if (first >>> 5 > majors.negative) throw irregular;
    const argument = this.argument(first & 31);
    const value = first >>> 5 === majors.unsigned ? argument : -1 - argument;
    if (value < low || value > high) throw irregular;
    return value;
  }

  /** Behind a first byte that was seen, and is a number's. */
  number(): number {
    const first = this.bytes[this.at] ?? 0;
    if (first >>> 5 <= majors.negative)
      return this.integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    const size = first === half ? 2 : first === single ? 4 : first === double ? 8 : 0;
    const { buffer, byteOffset, length } = this.bytes;
    if (size === 0 || this.at + size >= length) throw irregular;
    const view = new DataView(buffer, byteOffset + this.at + 1, size);
    this.at += 1 + size;
    const value =
      size === 2 ? halfOf(view.getUint16(0)) : size === 4 ? view.getFloat32(0) : view.getFloat64(0);
    if (!Number.isFinite(value)) throw irregular;
    return value;
  }

  boolean(): boolean {
    const byte = this.byte();
    if (byte !== falseByte && byte !== trueByte) throw irregular;
    return byte === trueByte;
  }

  /** The text of a string, which is bytes or text. */
  text(): string {
    const first = this.byte();
    const major = first >>> 5;
    if (major !== majors.bytes && major !== majors.text) throw irregular;
    const end = this.#end(first);
    const start = this.at;
    this.at = end;
    const short = shortText(this.bytes, start, end);
    if (short !== undefined) return short;
    const text = goText(this.bytes.subarray(start, end));
    // Text has to be UTF-8, bytes need not be: this does not look which.
    if (text.includes('\ufffd')) throw irregular;
    return text;
  }

  /** Where a string ends whose first byte was read. */
  #end(first: number): number {
    const length = this.argument(first & 31);
    if (length > this.bytes.length - this.at) throw irregular;
    return this.at + length;
  }

  /** The bytes of a byte string. */
  take(): Uint8Array {
    const first = this.byte();
    if (first >>> 5 !== majors.bytes) throw irregular;
    const end = this.#end(first);
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }
}
