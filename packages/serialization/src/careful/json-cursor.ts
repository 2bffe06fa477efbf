const space = /[ \t\r\n]*/y;
const plain = /[^\s{}[\],:"]+/y;

/** Goes through valid JSON, value by value. */
export class JsonCursor {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The first character of what comes next. */
  peek(): string {
    space.lastIndex = this.#at;
    space.test(this.#text);
    this.#at = space.lastIndex;
    return this.#text.charAt(this.#at);
  }

  /** Passes over one character when it comes next. */
  take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.#at++;
    return true;
  }

  string(): string {
    return JSON.parse(this.#stringText());
  }

  /** A number, true, false or null, as it is written. */
  literal(): string {
    this.peek();
    plain.lastIndex = this.#at;
    plain.test(this.#text);
    return this.#text.slice(this.#at, (this.#at = plain.lastIndex));
  }

  /** The keys of an object, the cursor before the value of each. */
  *keys(): Generator<string> {
    this.take('{');
    while (!this.take('}')) {
      const key = this.string();
      this.take(':');
      yield key;
      this.take(',');
    }
  }

  /** The indexes of a list's items, the cursor before each. */
  *indexes(): Generator<number> {
    this.take('[');
    for (let index = 0; !this.take(']'); index++) {
      yield index;
      this.take(',');
    }
  }

  /** Passes over a value, however deep it is nested; its text. */
  skip(): string {
    this.peek();
    const start = this.#at;
    let depth = 0;
    do {
      const next = this.peek();
      if (next === '"') this.#stringText();
      else if ('{}[],:'.includes(next)) {
        this.#at++;
        depth += next === '{' || next === '[' ? 1 : next === '}' || next === ']' ? -1 : 0;
      } else this.literal();
    } while (depth > 0);
    return this.#text.slice(start, this.#at);
  }

  #stringText(): string {
    this.peek();
    const start = this.#at;
    for (;;) {
      const end = this.#text.indexOf('"', this.#at + 1);
      this.#at = end === -1 ? this.#text.length : end;
      if (end === -1 || !this.#isEscaped(end)) break;
    }
    return this.#text.slice(start, ++this.#at);
  }

  #isEscaped(quote: number): boolean {
    let backslashes = 0;
    while (this.#text[quote - 1 - backslashes] === '\\') backslashes++;
    return backslashes % 2 === 1;
  }
}
