import { wireTypes } from './wire.ts';

const encoder = new TextEncoder();

/** Shorter texts are written by hand: calling the encoder costs more. */
const handWritten = 48;

/**
 * Writes protobuf's wire format from its end to its beginning: a message's length is known when it has been written, so it goes
 * before it, and nothing is measured first. Fields are therefore written last to first.
 */
export class WireWriter {
  #bytes: Uint8Array;
  /** Where what was written begins. */
  #at: number;

  /** `room`: how many bytes it can take before it has to look for more. */
  constructor(room: number) {
    this.#bytes = new Uint8Array(room);
    this.#at = room;
  }

  /** How many bytes were written. */
  get size(): number {
    return this.#bytes.length - this.#at;
  }

  /** What was written, as bytes of their own; the writer is empty afterwards. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(this.#at);
    this.#at = this.#bytes.length;
    return taken;
  }

  tag(field: number, wireType: number): void {
    const value = field * 8 + wireType;
    if (value < 0x80) this.#reserve(1)[this.#at] = value;
    else this.varint(value);
  }

  /** A whole number, as 64 bits; negative ones take all of them. */
  varint(value: number): void {
    if (value >= 0 && value < 0x80) {
      this.#reserve(1)[this.#at] = value;
      return;
    }
    if (value < 0 || value > Number.MAX_SAFE_INTEGER) {
      this.bigVarint(BigInt(value));
      return;
    }
    let [length, rest] = [0, value];
    for (; rest >= 1; rest = Math.floor(rest / 128)) length++;
    const bytes = this.#reserve(length);
    let [at, left] = [this.#at, value];
    for (; left >= 0x80; left = Math.floor(left / 128)) bytes[at++] = (left % 128) | 0x80;
    bytes[at] = left;
  }

  bigVarint(value: bigint): void {
    const digits: number[] = [];
    let left = BigInt.asUintN(64, value);
    for (; left >= 0x80n; left >>= 7n) digits.push(Number(left & 0x7fn) | 0x80);
    digits.push(Number(left));
    this.bytes(digits);
  }

  double(value: number): void {
    const bytes = this.#reserve(8);
    new DataView(bytes.buffer).setFloat64(this.#at, value, true);
  }

  bytes(value: ArrayLike<number>): void {
    this.#reserve(value.length).set(value, this.#at);
  }

  /** As UTF-8, without its length. */
  text(value: string): void {
    const { length } = value;
    if (length > handWritten || !this.#ascii(value)) this.bytes(encoder.encode(value));
  }

  /** A length-delimited field of text. */
  textField(field: number, value: string): void {
    const before = this.size;
    this.text(value);
    this.varint(this.size - before);
    this.tag(field, wireTypes.bytes);
  }

  /** Ends a length-delimited field whose content was written since the writer had `before` bytes. */
  delimit(field: number, before: number): void {
    this.varint(this.size - before);
    this.tag(field, wireTypes.bytes);
  }

  #ascii(value: string): boolean {
    const { length } = value;
    const bytes = this.#reserve(length);
    const start = this.#at;
    for (let index = 0; index < length; index++) {
      const unit = value.charCodeAt(index);
      if (unit > 0x7f) {
        this.#at += length;
        return false;
      }
      bytes[start + index] = unit;
    }
    return true;
  }

  /** Makes room for `count` bytes at `#at`. */
  #reserve(count: number): Uint8Array {
    if (count > this.#at) this.#grow(count);
    this.#at -= count;
    return this.#bytes;
  }

  #grow(count: number): void {
    const { size } = this;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, size + count));
    grown.set(this.#bytes.subarray(this.#at), grown.length - size);
    this.#bytes = grown;
    this.#at = grown.length - size;
  }
}
