import type { Int64 } from '@keelson/api-machinery';
import { BackwardWriter } from '../backward-writer.ts';
import { wireTypes } from './wire.ts';

/** Writes protobuf's wire format, a message's last field first. */
export class WireWriter extends BackwardWriter {
  tag(field: number, wireType: number): void {
    const value = field * 8 + wireType;
    if (value < 0x80) this.reserve(1)[this.at] = value;
    else this.varint(value);
  }

  /** A whole number, as 64 bits; negative ones take all of them. */
  varint(value: Int64): void {
    if (typeof value === 'bigint' || value < 0) {
      this.#bigVarint(BigInt(value));
      return;
    }
    if (value < 0x80) {
      this.reserve(1)[this.at] = value;
      return;
    }
    let [length, rest] = [0, value];
    for (; rest >= 1; rest = Math.floor(rest / 128)) length++;
    const bytes = this.reserve(length);
    let [at, left] = [this.at, value];
    for (; left >= 0x80; left = Math.floor(left / 128)) bytes[at++] = (left % 128) | 0x80;
    bytes[at] = left;
  }

  #bigVarint(value: bigint): void {
    const digits: number[] = [];
    let left = BigInt.asUintN(64, value);
    for (; left >= 0x80n; left >>= 7n) digits.push(Number(left & 0x7fn) | 0x80);
    digits.push(Number(left));
    this.bytes(digits);
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
}
