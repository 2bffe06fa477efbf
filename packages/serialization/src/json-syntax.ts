// What Go says of text that is no JSON. Used only after JSON.parse has refused it: V8 says it in other words.
// Behaviour: encoding/json scanner.

const literals: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };
const end = 'unexpected end of JSON input';
const quoted = (character: string): string =>
  character === "'" ? String.raw`'\''` : character === '"' ? `'"'` : `'${character}'`;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The first thing that is wrong; undefined when nothing is. */
  problem(): string | undefined {
    return this.#value('looking for beginning of value') ?? this.#rest();
  }

  #rest(): string | undefined {
    this.#skip();
    return this.#at < this.#text.length ? this.#invalid('after top-level value') : undefined;
  }

  #skip(): void {
    while (' \t\r\n'.includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length)
      this.#at++;
  }

  #invalid(where: string): string {
    return this.#at >= this.#text.length
      ? end
      : `invalid character ${quoted(this.#text.charAt(this.#at))} ${where}`;
  }

  #value(where: string): string | undefined {
    this.#skip();
    const character = this.#text.charAt(this.#at);
    if (character === '{') return this.#object();
    if (character === '[') return this.#array();
    if (character === '"') return this.#string();
    if (character === '-' || /\d/.test(character)) return this.#number();
    const literal = literals[character];
    return literal === undefined ? this.#invalid(where) : this.#literal(literal);
  }

  #literal(word: string): string | undefined {
    for (let index = 1; index < word.length; index++) {
      this.#at++;
      if (this.#text.charAt(this.#at) !== word[index])
        return this.#invalid(`in literal ${word} (expecting ${quoted(word.charAt(index))})`);
    }
    this.#at++;
    return undefined;
  }

  #number(): string | undefined {
    const match = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(this.#text.slice(this.#at));
    if (match === null) {
      this.#at++;
      return this.#invalid('in numeric literal');
    }
    this.#at += match[0].length;
    if (this.#text.charAt(this.#at) === '.') {
      this.#at++;
      return this.#invalid('after decimal point in numeric literal');
    }
    return undefined;
  }

  #string(): string | undefined {
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (character === '"') {
        this.#at++;
        return undefined;
      }
      if (character < ' ') return this.#invalid('in string literal');
      if (character === '\\') {
        this.#at++;
        if (!'"\\/bfnrtu'.includes(this.#text.charAt(this.#at)))
          return this.#invalid('in string escape code');
      }
    }
    return end;
  }

  #object(): string | undefined {
    this.#at++;
    this.#skip();
    if (this.#text.charAt(this.#at) === '}') return this.#step();
    for (;;) {
      this.#skip();
      if (this.#text.charAt(this.#at) !== '"')
        return this.#invalid('looking for beginning of object key string');
      const key = this.#string();
      if (key !== undefined) return key;
      this.#skip();
      if (this.#text.charAt(this.#at) !== ':') return this.#invalid('after object key');
      this.#at++;
      const value = this.#value('looking for beginning of value');
      if (value !== undefined) return value;
      this.#skip();
      if (this.#text.charAt(this.#at) === '}') return this.#step();
      if (this.#text.charAt(this.#at) !== ',') return this.#invalid('after object key:value pair');
      this.#at++;
    }
  }

  #array(): string | undefined {
    this.#at++;
    this.#skip();
    if (this.#text.charAt(this.#at) === ']') return this.#step();
    for (;;) {
      const value = this.#value('looking for beginning of value');
      if (value !== undefined) return value;
      this.#skip();
      if (this.#text.charAt(this.#at) === ']') return this.#step();
      if (this.#text.charAt(this.#at) !== ',') return this.#invalid('after array element');
      this.#at++;
    }
  }

  #step(): undefined {
    this.#at++;
    return undefined;
  }
}

/** What Go's decoder says of a text that is no JSON. */
export function jsonSyntaxProblem(text: string): string {
  return new Scanner(text).problem() ?? 'invalid JSON';
}
