/** What a protobuf message is cut off in, or is not at all. */
export class WireError extends Error {}

export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Reads protobuf's wire format from bytes; what it gives out shares them. Throws WireError. */
export class WireReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The number and the wire type of the next field. */
  tag(): { readonly field: number; readonly wireType: number } {
    const tag = Number(this.varint());
    if (tag > 0xffff_ffff || tag >>> 3 === 0)
      throw new WireError(`proto: illegal tag ${tag >>> 3} (wire type ${tag & 7})`);
    return { field: tag >>> 3, wireType: tag & 7 };
  }

  /** 64 bits, without a sign. */
  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new WireError('unexpected EOF');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new WireError('proto: integer overflow');
  }

  double(): number {
    const at = this.#advance(8);
    return this.#view.getFloat64(at, true);
  }

  bytes(): Uint8Array {
    const length = Number(this.varint());
    const at = this.#advance(length);
    return this.#bytes.subarray(at, at + length);
  }

  skip(wireType: number): void {
    if (wireType === wireTypes.varint) this.varint();
    else if (wireType === wireTypes.fixed64) this.#advance(8);
    else if (wireType === wireTypes.bytes) this.bytes();
    else if (wireType === wireTypes.fixed32) this.#advance(4);
    else throw new WireError(`proto: illegal wireType ${wireType}`);
  }

  #advance(length: number): number {
    const at = this.#at;
    if (length > this.#bytes.length - at) throw new WireError('unexpected EOF');
    this.#at += length;
    return at;
  }
}
