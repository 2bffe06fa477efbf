import { majors } from './cbor-writer.ts';

/** An argument that says that there is no length: a break ends the item. */
export const indefinite = -1;

export const breakByte = 0xff;
const [nullByte, undefinedByte] = [0xf6, 0xf7];

/** Goes through CBOR, item by item. But for `readHead`, it takes for granted that the bytes are well-formed. */
export class CborCursor {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;
  /** What the head that was read last says: the kind of item, the form of the argument, and the argument. */
  major = 0;
  info = 0;
  argument: number | bigint = 0;
  /** The innermost of the tags that were passed before the item. */
  tag: number | bigint | undefined;
  /** Whether unknown fields are an error: inside of types that read themselves they always are. */
  isStrict = false;
  /** The index, in its map, of the unknown field that counts; undefined when all are known. */
  unknown: number | undefined;
  /** In how many objects of known types the item is: reading them goes as deep as they do. */
  depth = 0;
  /** Whether something was found that cannot be read, and is looked for when all else is read. */
  hasUnreadable = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The kind of the item that comes. */
  get next(): number {
    return (this.bytes[this.at] ?? 0) >>> 5;
  }

  /** Whether null comes, or undefined, which Go takes for null at first sight. */
  get isNil(): boolean {
    const byte = this.bytes[this.at];
    return byte === nullByte || byte === undefinedByte;
  }

  takeBreak(): boolean {
    if (this.bytes[this.at] !== breakByte) return false;
    this.at++;
    return true;
  }

  readHead(): void {
    const first = this.bytes[this.at++] ?? 0;
    this.major = first >>> 5;
    this.info = first & 31;
    this.argument = this.info < 24 ? this.info : this.info < 28 ? this.#wide() : indefinite;
  }

  #wide(): number | bigint {
    const { at, info } = this;
    this.at += 1 << (info - 24);
    if (info === 24) return this.#view.getUint8(at);
    if (info === 25) return this.#view.getUint16(at);
    if (info === 26) return this.#view.getUint32(at);
    const value = this.#view.getBigUint64(at);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
  }

  /** The number whose head was read, which was a fraction's. */
  fraction(): number {
    if (this.info === 25) return halfOf(this.#view.getUint16(this.at - 2));
    return this.info === 26
      ? this.#view.getFloat32(this.at - 4)
      : this.#view.getFloat64(this.at - 8);
  }

  /** The parts of a string whose head was read: one, unless it has no length. */
  *parts(): Generator<Uint8Array> {
    if (this.info !== 31) yield this.#part();
    else
      while (!this.takeBreak()) {
        this.readHead();
        yield this.#part();
      }
  }

  #part(): Uint8Array {
    const start = this.at;
    this.at += Number(this.argument);
    return this.bytes.subarray(start, this.at);
  }

  /** The bytes of a string whose head was read. */
  string(): Uint8Array {
    return this.info === 31 ? this.#joinedParts() : this.#part();
  }

  /** There may be as many parts as there are bytes: they are measured first. */
  #joinedParts(): Uint8Array {
    const start = this.at;
    let length = 0;
    for (; !this.takeBreak(); length += Number(this.argument)) {
      this.readHead();
      this.at += Number(this.argument);
    }
    const whole = new Uint8Array(length);
    this.at = start;
    for (let end = 0; !this.takeBreak(); end += Number(this.argument)) {
      this.readHead();
      if (this.argument > 0) whole.set(this.#part(), end);
    }
    return whole;
  }

  /** Passes over an item, however deep it is nested. */
  skip(): void {
    const outer: number[] = [];
    let left = 1;
    while (left > 0 || outer.length > 0) {
      if (left === 0 || this.takeBreak()) left = outer.pop() ?? 0;
      else {
        this.readHead();
        left += this.#inside() - 1;
        if (this.info !== 31) continue;
        outer.push(left);
        left = Infinity;
      }
    }
  }

  /** How many items there are in the one whose head was read; strings are passed over. */
  #inside(): number {
    const { major, info } = this;
    if (major === majors.tag) return 1;
    if (info === 31 || major < majors.bytes || major > majors.map) return 0;
    if (major === majors.list) return Number(this.argument);
    if (major === majors.map) return 2 * Number(this.argument);
    this.at += Number(this.argument);
    return 0;
  }
}

/** The number of sixteen bits. */
export function halfOf(bits: number): number {
  const [exponent, fraction] = [(bits >>> 10) & 31, bits & 0x3ff];
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
