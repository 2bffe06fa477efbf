import { BackwardWriter } from '../backward-writer.ts';

/** What kind of item a head begins. */
export const majors = {
  unsigned: 0,
  negative: 1,
  bytes: 2,
  text: 3,
  list: 4,
  map: 5,
  tag: 6,
  simple: 7,
} as const;

/** Bytes that are base64 where they become text. */
export const base64Tag = 22;

/** The tag that says no more than that this is CBOR: what every document begins with. */
export const selfDescribed: readonly number[] = [0xd9, 0xd9, 0xf7];

const [falseByte, trueByte, nullByte] = [0xf4, 0xf5, 0xf6];
const [half, single, double] = [0xf9, 0xfa, 0xfb];

/** Writes CBOR, the shortest form of everything, last item first. */
export class CborWriter extends BackwardWriter {
  /** The head of an item whose content was written before: its kind and its length, or a number. */
  head(major: number, value: number | bigint): void {
    if (value < 24) this.byte((major << 5) | Number(value));
    else if (value < 0x100) this.#wide(major, Number(value), 1);
    else if (value < 0x1_0000) this.#wide(major, Number(value), 2);
    else if (value < 0x1_0000_0000) this.#wide(major, Number(value), 4);
    else this.#widest(major, BigInt(value));
  }

  #wide(major: number, value: number, size: 1 | 2 | 4): void {
    for (let left = size, rest = value; left > 0; left--, rest = Math.floor(rest / 256))
      this.byte(rest % 256);
    this.byte((major << 5) | (size === 1 ? 24 : size === 2 ? 25 : 26));
  }

  #widest(major: number, value: bigint): void {
    for (let left = 8, rest = value; left > 0; left--, rest >>= 8n) this.byte(Number(rest & 0xffn));
    this.byte((major << 5) | 27);
  }

  null(): void {
    this.byte(nullByte);
  }

  boolean(value: boolean): void {
    this.byte(value ? trueByte : falseByte);
  }

  /** Text, as bytes: that it is UTF-8 is not promised. */
  string(value: string): void {
    const before = this.size;
    this.text(value);
    this.head(majors.bytes, this.size - before);
  }

  integer(value: number | bigint): void {
    if (value >= 0) this.head(majors.unsigned, value);
    else this.head(majors.negative, typeof value === 'bigint' ? -1n - value : -1 - value);
  }

  /** A number with a fraction, or one that is kept as if it had one. */
  fraction(value: number): void {
    const bits = halfBits(value);
    if (bits !== undefined) {
      this.byte(bits & 0xff);
      this.byte(bits >>> 8);
      this.byte(half);
    } else if (Math.fround(value) === value) {
      this.float(value);
      this.byte(single);
    } else {
      this.double(value, false);
      this.byte(double);
    }
  }
}

const floats = new DataView(new ArrayBuffer(4));

/** A number's sixteen bits where these are enough. */
function halfBits(value: number): number | undefined {
  floats.setFloat32(0, value);
  if (floats.getFloat32(0) !== value) return undefined;
  const bits = floats.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 127;
  const fraction = bits & 0x7f_ffff;
  if ((bits & 0x7fff_ffff) === 0) return sign;
  if (exponent > 15 || exponent < -24) return undefined;
  if (exponent >= -14)
    return (fraction & 0x1fff) === 0
      ? sign | ((exponent + 15) << 10) | (fraction >>> 13)
      : undefined;
  // Smaller than what has an exponent of its own: the leading one moves into the fraction.
  const shift = -14 - exponent + 13;
  const whole = fraction | 0x80_0000;
  return (whole & ((1 << shift) - 1)) === 0 ? sign | (whole >>> shift) : undefined;
}
