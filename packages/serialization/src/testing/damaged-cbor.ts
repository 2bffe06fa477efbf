import { CborCursor } from '../cbor/cbor-cursor.ts';
import { majors } from '../cbor/cbor-writer.ts';

/** Items that decoders have stumbled over, or that are not everybody's. */
const oddItems = `
  00 17 18ff 1a7fffffff 1a80000000 1b0020000000000001 1b7fffffffffffffff 1bffffffffffffffff 20
  3a7fffffff 3a80000000 3b7fffffffffffffff 3b8000000000000000 3bffffffffffffffff 40 4161 41ff
  42c3bc 43efbfbd 4449455446 445957456b 43314769 60 6161 61ff 62c3bc 6449455446 63314769
  74323031332d30332d32315432303a30343a30305a 54323031332d30332d32315432303a30343a30305a
  781b323031332d30332d32315432303a30343a30302e3132333435365a 5f41614162ff 7f61616162ff
  7f61c361bcff 5fff 7fff 5f5f4161ffff 7f4161ff 80 8101 83010203 8261616162 9f01ff 9fff a0 a1616101
  a1416101 bf616101ff bfff bf6161ff a2616101616102 a2616101416102 a10101 a1f501 a1f601 a18001
  a2fb3ff800000000000001fb3ff800000000000001 a201010102 a1c1010a f4 f5 f6 f7 f0 f8ff f818 f90000
  f93c00 f93e00 f98000 f97e00 f97c00 fa47c35000 fb3ff199999999999a fb7e37e43c8800759c fc ff 1f
  c074323031332d30332d32315432303a30343a30305a c06161 c04161 c11a514b67b0 c16161 c1f6
  c0781a323031332d30332d32315432303a30343a30302e352b30313a3330 c1fb41d452d9ec200000 c120
  c11b7fffffffffffffff c11bffffffffffffffff c13bffffffffffffffff c1f90000 c24101 c34101 c5f6 d6f6
  d9d9f7f6 d9d9f700 d54261ff d64261ff d74261ff d6a1416101 d68142fbff d6d54161 d6c54161 c5d9d9f7a0
  d9d9f7c5a0 c574323031332d30332d32315432303a30343a30305a a1646b696e64a0 a1647479706501
  a164747970656161 81a0 81a1617801 81f6 826161f6 a2616161626163f6
`
  .trim()
  .split(/\s+/)
  .map((hex) => Buffer.from(hex, 'hex'));

/** An item's place. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly isKey: boolean;
}

/** Makes something else of CBOR: mostly still CBOR. */
export class DamagedCbor {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  damaged(bytes: Uint8Array): Uint8Array {
    let copy = bytes;
    for (let left = 1 + this.#below(3); left > 0; left--) copy = this.#once(copy);
    return copy;
  }

  #once(bytes: Uint8Array): Uint8Array {
    if (this.#random() < 0.1) return this.#byteChanged(bytes);
    const spans = spansOf(bytes);
    const found = spans[this.#below(spans.length)];
    if (found === undefined) return bytes;
    const item = bytes.subarray(found.start, found.end);
    const made = this.#random() < 0.5 ? this.#odd() : this.#changed(item, bytes, spans, found);
    return Buffer.concat([bytes.subarray(0, found.start), made, bytes.subarray(found.end)]);
  }

  #changed(
    item: Uint8Array,
    bytes: Uint8Array,
    spans: readonly Span[],
    { isKey }: Span,
  ): Uint8Array {
    const way = this.#random();
    if (way < 0.3) return Buffer.concat([this.#tag(), item]);
    if (way < 0.6) return asOtherString(item);
    // Another item of the document, a key for a key: what is there twice, or where it should not be.
    const others = spans.filter((span) => span.isKey === isKey);
    const other = others[this.#below(others.length)];
    return other === undefined ? item : bytes.subarray(other.start, other.end);
  }

  #tag(): Uint8Array {
    const tags = ['c0', 'c1', 'c2', 'c5', 'd5', 'd6', 'd7', 'd9d9f7', 'd82a', 'dbffffffffffffffff'];
    return Buffer.from(tags[this.#below(tags.length)] ?? '', 'hex');
  }

  #odd(): Uint8Array {
    return oddItems[this.#below(oddItems.length)] ?? new Uint8Array();
  }

  #byteChanged(bytes: Uint8Array): Uint8Array {
    const at = this.#below(bytes.length);
    const byte = Buffer.from([this.#below(256)]);
    const way = this.#below(4);
    if (way === 0) return bytes.subarray(0, at);
    if (way === 1) return Buffer.concat([bytes.subarray(0, at), byte, bytes.subarray(at)]);
    return Buffer.concat([
      bytes.subarray(0, at),
      way === 2 ? byte : new Uint8Array(),
      bytes.subarray(at + 1),
    ]);
  }

  #below = (limit: number): number => Math.floor(this.#random() * limit);
}

/** Text for bytes and bytes for text, a string for a list, or a map without its length. */
function asOtherString(item: Uint8Array): Uint8Array {
  const copy = Buffer.from(item);
  const first = copy[0] ?? 0;
  const major = first >>> 5;
  if (major === majors.bytes || major === majors.text) copy[0] = first ^ 0x20;
  else if ((major === majors.list || major === majors.map) && (first & 31) < 24) {
    copy[0] = (major << 5) | 31;
    return Buffer.concat([copy, Buffer.from([0xff])]);
  }
  return copy;
}

/** Where the items are, of what is still CBOR up to there. */
function spansOf(bytes: Uint8Array): readonly Span[] {
  const spans: Span[] = [];
  const cursor = new CborCursor(bytes);
  const look = (isKey: boolean): void => {
    const start = cursor.at;
    const place = spans.length;
    cursor.readHead();
    const { major, info } = cursor;
    const length = Number(cursor.argument);
    if (cursor.at > bytes.length || start >= bytes.length || spans.length > 10_000) return;
    if (major === majors.bytes || major === majors.text) {
      if (info === 31) while (cursor.at < bytes.length && !cursor.takeBreak()) look(false);
      else cursor.at += length;
    } else if (major === majors.tag) look(isKey);
    else if (major === majors.list || major === majors.map) {
      const isOver = (count: number): boolean =>
        cursor.at >= bytes.length || (info === 31 ? cursor.takeBreak() : count >= length);
      for (let count = 0; !isOver(count); count++) {
        if (major === majors.map) look(true);
        look(false);
      }
    }
    spans.splice(place, 0, { start, end: Math.min(cursor.at, bytes.length), isKey });
  };
  try {
    look(false);
  } catch (error) {
    // A head that is cut off ends the looking.
    if (!(error instanceof RangeError)) throw error;
  }
  return spans;
}
