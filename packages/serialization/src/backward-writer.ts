const encoder = new TextEncoder();

/** Shorter texts are written by hand: calling the encoder costs more. */
const handWritten = 48;

/**
 * Writes bytes from their end to their beginning: what tells how long something is goes before it when it has been written, and
 * nothing is measured first. Whatever stands last is therefore written first.
 */
export class BackwardWriter {
  #bytes: Uint8Array;
  /** Where what was written begins. */
  protected at: number;

  /** `room`: how many bytes it can take before it has to look for more. */
  constructor(room: number) {
    this.#bytes = new Uint8Array(room);
    this.at = room;
  }

  /** How many bytes were written. */
  get size(): number {
    return this.#bytes.length - this.at;
  }

  /** What was written, as bytes of their own; the writer is empty afterwards. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(this.at);
    this.at = this.#bytes.length;
    return taken;
  }

  /** Forgets what was written. */
  clear(): void {
    this.at = this.#bytes.length;
  }

  byte(value: number): void {
    this.reserve(1)[this.at] = value;
  }

  double(value: number, littleEndian: boolean): void {
    const bytes = this.reserve(8);
    new DataView(bytes.buffer).setFloat64(this.at, value, littleEndian);
  }

  float(value: number): void {
    const bytes = this.reserve(4);
    new DataView(bytes.buffer).setFloat32(this.at, value, false);
  }

  bytes(value: ArrayLike<number>): void {
    this.reserve(value.length).set(value, this.at);
  }

  /** As UTF-8, without its length. */
  text(value: string): void {
    const { length } = value;
    if (length > handWritten || !this.#ascii(value)) this.bytes(encoder.encode(value));
  }

  #ascii(value: string): boolean {
    const { length } = value;
    const bytes = this.reserve(length);
    const start = this.at;
    for (let index = 0; index < length; index++) {
      const unit = value.charCodeAt(index);
      if (unit > 0x7f) {
        this.at += length;
        return false;
      }
      bytes[start + index] = unit;
    }
    return true;
  }

  /** Makes room for `count` bytes, which begin at `at` of what is returned. */
  protected reserve(count: number): Uint8Array {
    if (count > this.at) this.#grow(count);
    this.at -= count;
    return this.#bytes;
  }

  #grow(count: number): void {
    const { size } = this;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, size + count));
    grown.set(this.#bytes.subarray(this.at), grown.length - size);
    this.#bytes = grown;
    this.at = grown.length - size;
  }
}
