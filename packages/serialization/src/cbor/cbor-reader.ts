import type { JsonValue } from '@keelson/api-machinery';
import { compareBytes } from '../compare-bytes.ts';
import { joined } from '../joined.ts';
import { defineOwn } from '../own-property.ts';
import { base64UrlOfBytes } from '../scalars/base64.ts';
import { base64Of, hexOf, shortText } from '../bytes.ts';
import { goText } from '../utf8.ts';
import { majors } from './cbor-writer.ts';

/** Why bytes are no CBOR, or none that JSON has a value for. */
export class CborError extends Error {}

/** Deeper than anything that is meant; reading goes as deep as what is read. */
const maxDepth = 1000;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const indefinite = -1;
const breakByte = 0xff;

/** Reads CBOR into what JSON has: bytes are text, unless a tag says what text they become. Throws CborError. */
export class CborReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #depth = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The one item that all bytes are. */
  document(): JsonValue {
    if (this.#bytes.length === 0) throw new CborError('EOF');
    const value = this.#item();
    const left = this.#bytes.length - this.#at;
    if (left > 0)
      throw new CborError(`cbor: ${left} bytes of extraneous data starting at index ${this.#at}`);
    return value;
  }

  #item(tag?: number): JsonValue {
    const first = this.#byte();
    if (first === breakByte) throw new CborError('cbor: unexpected "break" code');
    const value = this.#argument(first);
    const major = first >>> 5;
    if (major === majors.unsigned) return this.#integer(value);
    if (major === majors.negative) return this.#negative(value);
    if (major === majors.bytes) return this.#byteText(value, tag);
    if (major === majors.text) return this.#text(value);
    if (major === majors.simple) return this.#simple(first & 31, value);
    if (++this.#depth > maxDepth)
      throw new CborError(`cbor: exceeded max nested level ${maxDepth}`);
    const nested = this.#nested(major, Number(value));
    this.#depth--;
    return nested;
  }

  #nested(major: number, value: number): JsonValue {
    if (major === majors.list) return this.#list(value);
    return major === majors.map ? this.#map(value) : this.#tagged(value);
  }

  /** What an item's first byte says, and those behind it: a length, or the number that it is. */
  #argument(first: number): number | bigint {
    const info = first & 31;
    if (info < 24) return info;
    if (info < 28) return this.#number(info);
    const major = first >>> 5;
    if (info === 31 && major >= majors.bytes && major <= majors.map) return indefinite;
    throw new CborError(`cbor: invalid additional information ${info} for type ${nameOf(major)}`);
  }

  #number(info: number): number | bigint {
    const at = this.#advance(2 ** (info - 24));
    if (info === 24) return this.#view.getUint8(at);
    if (info === 25) return this.#view.getUint16(at);
    if (info === 26) return this.#view.getUint32(at);
    const value = this.#view.getBigUint64(at);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
  }

  #integer(value: number | bigint): JsonValue {
    if (value > 0x7fff_ffff_ffff_ffffn)
      throw new CborError(
        `cbor: cannot unmarshal positive integer into Go value of type int64 (${value} overflows Go's int64)`,
      );
    return value;
  }

  #negative(value: number | bigint): JsonValue {
    if (value > 0x7fff_ffff_ffff_ffffn)
      throw new CborError(
        `cbor: cannot unmarshal negative integer into Go value of type int64 (${-1n - BigInt(value)} overflows Go's int64)`,
      );
    return value >= Number.MAX_SAFE_INTEGER ? -1n - BigInt(value) : -1 - Number(value);
  }

  /** The bytes of a string, which may come in parts. */
  #string(major: number, length: number | bigint): Uint8Array {
    if (length !== indefinite) return this.#take(length);
    const parts: Uint8Array[] = [];
    while (!this.#isBreak()) {
      const first = this.#byte();
      const part = this.#argument(first);
      if (first >>> 5 !== major || part === indefinite)
        throw new CborError(
          `cbor: wrong element type ${nameOf(first >>> 5)} for indefinite-length ${nameOf(major)}`,
        );
      parts.push(this.#take(part));
    }
    return joined(parts);
  }

  #byteText(length: number | bigint, tag: number | undefined): string {
    if (length === indefinite || tag !== undefined)
      return this.#textOf(this.#string(majors.bytes, length), tag);
    const at = this.#advance(Number(length));
    return shortText(this.#bytes, at, this.#at) ?? goText(this.#bytes.subarray(at, this.#at));
  }

  #textOf(bytes: Uint8Array, tag: number | undefined): string {
    if (tag === 21) return base64UrlOfBytes(bytes);
    if (tag === 22) return base64Of(bytes);
    if (tag === 23) return hexOf(bytes);
    return goText(bytes);
  }

  #text(length: number | bigint): string {
    try {
      return strict.decode(this.#string(majors.text, length));
    } catch (error) {
      throw error instanceof CborError ? error : new CborError('cbor: invalid UTF-8 string');
    }
  }

  #simple(info: number, value: number | bigint): JsonValue {
    if (info >= 25) return this.#float(info);
    if (value === 20 || value === 21) return value === 21;
    if (value === 22) return null;
    throw notAccepted(majors.simple, `simple value ${value} is not recognized`);
  }

  #float(info: number): number {
    const at = this.#at - 2 ** (info - 24);
    const value =
      info === 25
        ? halfOf(this.#view.getUint16(at))
        : info === 26
          ? this.#view.getFloat32(at)
          : this.#view.getFloat64(at);
    if (Number.isFinite(value)) return value;
    throw notAccepted(majors.simple, `floating-point ${Number.isNaN(value) ? 'NaN' : 'infinity'}`);
  }

  #list(count: number): JsonValue[] {
    const items: JsonValue[] = [];
    if (count === indefinite) while (!this.#isBreak()) items.push(this.#item());
    // Each item takes a byte at least, so what is claimed and is not there is found out soon.
    else for (let left = count; left > 0; left--) items.push(this.#item());
    return items;
  }

  /** In the order that Go writes maps in: what no schema puts in order keeps this one. */
  #map(count: number): Record<string, JsonValue> {
    const entries: [string, JsonValue][] = [];
    if (count === indefinite) while (!this.#isBreak()) entries.push(this.#entry());
    else for (let left = count; left > 0; left--) entries.push(this.#entry());
    const map: Record<string, JsonValue> = {};
    let before: string | undefined;
    for (const [key, value] of entries.toSorted(([a], [b]) => compareBytes(a, b))) {
      if (key === before) throw duplicateKey(entries.map(([name]) => name));
      before = key;
      if (key === '__proto__') defineOwn(map, key, value);
      else map[key] = value;
    }
    return map;
  }

  #entry(): [string, JsonValue] {
    const key = this.#item();
    if (typeof key !== 'string') throw new CborError(`cbor: invalid map key type: ${typeof key}`);
    return [key, this.#item()];
  }

  /** Of the tags only those count that say what text bytes become, times, and numbers that JSON has no value for. */
  #tagged(tag: number): JsonValue {
    if (tag === 2 || tag === 3) throw notAccepted(majors.tag, 'bignum');
    const major = (this.#bytes[this.#at] ?? 0) >>> 5;
    if (tag === 0 && major !== majors.text)
      throw new CborError(
        `cbor: tag number 0 must be followed by text string, got ${nameOf(major)}`,
      );
    const value = this.#item(tag);
    return tag === 1 ? timeOf(value) : value;
  }

  #isBreak(): boolean {
    if (this.#bytes[this.#at] !== breakByte) return false;
    this.#at++;
    return true;
  }

  #byte(): number {
    return this.#bytes[this.#advance(1)] ?? 0;
  }

  #take(length: number | bigint): Uint8Array {
    const at = this.#advance(Number(length));
    return this.#bytes.subarray(at, this.#at);
  }

  #advance(length: number): number {
    const at = this.#at;
    if (length > this.#bytes.length - at) throw new CborError('unexpected EOF');
    this.#at += length;
    return at;
  }
}

const names: Readonly<Record<number, string>> = {
  [majors.unsigned]: 'positive integer',
  [majors.negative]: 'negative integer',
  [majors.bytes]: 'byte string',
  [majors.text]: 'UTF-8 text string',
  [majors.list]: 'array',
  [majors.map]: 'map',
  [majors.tag]: 'tag',
  [majors.simple]: 'primitives',
};
const nameOf = (major: number): string => names[major] ?? '';

/** What an item is called in errors. */
export function rootName(bytes: Uint8Array): string {
  let at = 0;
  while ((bytes[at] ?? 0) >>> 5 === majors.tag) at += headLength((bytes[at] ?? 0) & 31);
  return nameOf((bytes[at] ?? 0) >>> 5);
}

const headLength = (info: number): number => (info < 24 ? 1 : 1 + 2 ** (info - 24));

const notAccepted = (major: number, what: string): CborError =>
  new CborError(
    `cbor: data item of cbor type ${nameOf(major)} is not accepted by protocol: ${what}`,
  );

/** The first key that is there again, and where. */
function duplicateKey(keys: readonly string[]): CborError {
  const seen = new Set<string>();
  const at = keys.findIndex((key) => seen.size === seen.add(key).size);
  return new CborError(
    `cbor: found duplicate map key ${JSON.stringify(keys[at])} at map element index ${at}`,
  );
}

/** Seconds since 1970, as text. */
function timeOf(value: JsonValue): JsonValue {
  const milliseconds = typeof value === 'number' ? value * 1000 : Number.NaN;
  if (Math.abs(milliseconds) > 8.64e15 || Number.isNaN(milliseconds))
    throw new CborError('cbor: cannot unmarshal tag into Go value of type time.Time');
  return new Date(milliseconds).toISOString().replace(/\.?0*Z$/, 'Z');
}

function halfOf(bits: number): number {
  const [exponent, fraction] = [(bits >>> 10) & 31, bits & 0x3ff];
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
