import { CborCursor } from './cbor-cursor.ts';
import { CborError, notAccepted, wordOf } from './cbor-error.ts';
import { majors } from './cbor-writer.ts';

const limits = { depth: 10_000, items: 2 ** 31 - 1, pairs: 2 ** 21 };
const largestLength = 0x7fff_ffff_ffff_ffffn;

/** A list or a map whose items are being looked at. */
interface Level {
  readonly isMap: boolean;
  readonly depth: number;
  /** How many items there are; undefined when a break ends them. */
  readonly items: number | undefined;
  seen: number;
}

/** Throws CborError for bytes that are not one item of CBOR, of the kinds that Kubernetes takes. Nothing is recursive: depth costs no stack. */
export function checkWellFormed(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new CborError('EOF');
  const check = new Check(bytes);
  check.document();
}

class Check {
  readonly #cursor: CborCursor;
  readonly #levels: Level[] = [];

  constructor(bytes: Uint8Array) {
    this.#cursor = new CborCursor(bytes);
  }

  document(): void {
    this.#item(0);
    for (let level = this.#levels.at(-1); level !== undefined; level = this.#levels.at(-1)) {
      if (this.#isOver(level)) this.#levels.pop();
      else {
        level.seen++;
        this.#item(level.depth);
      }
    }
    const { at } = this.#cursor;
    if (this.#left > 0)
      throw new CborError(`cbor: ${this.#left} bytes of extraneous data starting at index ${at}`);
  }

  get #left(): number {
    return this.#cursor.bytes.length - this.#cursor.at;
  }

  #isOver({ isMap, items, seen }: Level): boolean {
    if (items !== undefined) return seen === items;
    if (isMap && seen > 2 * limits.pairs && seen % 2 === 0) throw tooMany(isMap);
    if (!isMap && seen > limits.items) throw tooMany(isMap);
    this.#mustHave(1);
    if (!this.#cursor.takeBreak()) return false;
    if (isMap && seen % 2 === 1) throw unexpectedBreak();
    return true;
  }

  #mustHave(bytes: number): void {
    if (this.#left < bytes) throw new CborError('unexpected EOF');
  }

  #item(outer: number): void {
    const depth = this.#tags(outer);
    const { major } = this.#cursor;
    if (major === majors.bytes || major === majors.text) this.#string(major);
    else if (major === majors.list || major === majors.map) this.#nested(depth + 1);
  }

  /** Reads the head of what is behind all tags. The first tag does not count as a level. */
  #tags(outer: number): number {
    this.#head();
    let depth = outer;
    for (let count = 0; this.#cursor.major === majors.tag; count++) {
      const { argument } = this.#cursor;
      if (count > 0 && ++depth > limits.depth) throw tooDeep();
      this.#mustHave(1);
      if (argument === 2 || argument === 3) throw new CborError(notAccepted(majors.tag, 'bignum'));
      this.#head();
    }
    return depth;
  }

  #head(): void {
    this.#mustHave(1);
    const info = (this.#cursor.bytes[this.#cursor.at] ?? 0) & 31;
    if (info >= 24 && info < 28) this.#mustHave(1 + (1 << (info - 24)));
    this.#cursor.readHead();
    if (info < 24) return;
    const { major, argument } = this.#cursor;
    if (info > 27) checkForm(major, info);
    else if (major === majors.simple && info === 24 && argument < 32)
      throw new CborError(`cbor: invalid simple value ${argument} for type ${wordOf(major)}`);
    else if (major === majors.simple && info > 24) checkFraction(this.#cursor.fraction());
  }

  #string(major: number): void {
    if (this.#cursor.info !== 31) return this.#content();
    for (;;) {
      this.#mustHave(1);
      if (this.#cursor.takeBreak()) return;
      const first = this.#cursor.bytes[this.#cursor.at] ?? 0;
      const [whole, part] = [wordOf(major), wordOf(first >>> 5)];
      if (first >>> 5 !== major)
        throw new CborError(`cbor: wrong element type ${part} for indefinite-length ${whole}`);
      if ((first & 31) === 31)
        throw new CborError(`cbor: indefinite-length ${whole} chunk is not definite-length`);
      this.#head();
      this.#content();
    }
  }

  /** Passes over the content of a string. */
  #content(): void {
    const { major, argument } = this.#cursor;
    if (argument > largestLength)
      throw new CborError(
        `cbor: ${wordOf(major)} length ${argument} is too large, causing integer overflow`,
      );
    this.#mustHave(Number(argument));
    this.#cursor.at += Number(argument);
  }

  #nested(depth: number): void {
    const { major, info, argument } = this.#cursor;
    const isMap = major === majors.map;
    if (depth > limits.depth) throw tooDeep();
    if (argument > largestLength)
      throw new CborError(
        `cbor: ${wordOf(major)} length ${argument} is too large, it would cause integer overflow`,
      );
    if (argument > (isMap ? limits.pairs : limits.items)) throw tooMany(isMap);
    const items = info === 31 ? undefined : Number(argument) * (isMap ? 2 : 1);
    this.#levels.push({ isMap, depth, items, seen: 0 });
  }
}

/** Of forms that no argument has: only what has items or parts may be without a length. */
function checkForm(major: number, info: number): void {
  if (info === 31 && major >= majors.bytes && major <= majors.map) return;
  if (info === 31 && major === majors.simple) throw unexpectedBreak();
  throw new CborError(`cbor: invalid additional information ${info} for type ${wordOf(major)}`);
}

function checkFraction(value: number): void {
  if (Number.isFinite(value)) return;
  const what = Number.isNaN(value) ? 'NaN' : 'infinity';
  throw new CborError(notAccepted(majors.simple, `floating-point ${what}`));
}

const unexpectedBreak = (): CborError => new CborError('cbor: unexpected "break" code');
const tooDeep = (): CborError => new CborError(`cbor: exceeded max nested level ${limits.depth}`);
const tooMany = (isMap: boolean): CborError =>
  new CborError(
    isMap
      ? `cbor: exceeded max number of key-value pairs ${limits.pairs} for CBOR map`
      : `cbor: exceeded max number of elements ${limits.items} for CBOR array`,
  );
