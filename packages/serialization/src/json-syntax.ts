// What Go says of text that is no JSON. Used only after JSON.parse has refused it: V8 says it in other words.
// Behaviour: encoding/json scanner.

import { latin1Of } from './bytes.ts';
import { maxDepth } from './scan-json.ts';

const literals: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };
const end = 'unexpected end of JSON input';
const ofValue = 'looking for beginning of value';
const ofKey = 'looking for beginning of object key string';

/** What may come next. */
type Expected = 'value' | 'first item' | 'first key' | 'key' | 'end of value';

/** What Go's decoder says of bytes that are no JSON: it looks at one byte after the other. */
export function jsonSyntaxProblem(bytes: Uint8Array): string {
  return new Scanner(bytes).problem() ?? 'invalid JSON';
}

/** The first thing that is wrong, without recursion: what is nested without an end must not end us. */
class Scanner {
  readonly #text: string;
  readonly #open: ('{' | '[')[] = [];
  #at = 0;
  #expected: Expected = 'value';

  constructor(bytes: Uint8Array) {
    this.#text = latin1Of(bytes);
  }

  problem(): string | undefined {
    for (;;) {
      this.#skipSpace();
      if (this.#at >= this.#text.length)
        return this.#expected === 'end of value' && this.#open.length === 0 ? undefined : end;
      const problem = this.#step(this.#text.charAt(this.#at));
      if (problem !== undefined) return problem;
    }
  }

  #step(next: string): string | undefined {
    if (this.#expected === 'end of value') return this.#afterValue(next);
    if (this.#expected === 'first item' && next === ']') return this.#close();
    if (this.#expected === 'first key' && next === '}') return this.#close();
    if (this.#expected === 'first key' || this.#expected === 'key') return this.#key(next);
    return this.#value(next);
  }

  #afterValue(next: string): string | undefined {
    const open = this.#open.at(-1);
    if (open === undefined) return this.#invalid('after top-level value');
    if (next === (open === '{' ? '}' : ']')) return this.#close();
    if (next !== ',')
      return this.#invalid(open === '{' ? 'after object key:value pair' : 'after array element');
    return this.#go(open === '{' ? 'key' : 'value');
  }

  #value(next: string): string | undefined {
    if (next === '{' || next === '[') return this.#openOne(next);
    this.#expected = 'end of value';
    if (next === '"') return this.#string();
    if (next === '-' || isDigit(next)) return this.#number();
    const literal = literals[next];
    return literal === undefined ? this.#invalid(ofValue) : this.#literal(literal);
  }

  #openOne(bracket: '{' | '['): string | undefined {
    if (this.#open.length === maxDepth) return this.#invalid('exceeded max depth');
    this.#open.push(bracket);
    return this.#go(bracket === '{' ? 'first key' : 'first item');
  }

  #close(): undefined {
    this.#open.pop();
    return this.#go('end of value');
  }

  #key(next: string): string | undefined {
    if (next !== '"') return this.#invalid(ofKey);
    const problem = this.#string();
    if (problem !== undefined) return problem;
    this.#skipSpace();
    if (this.#text.charAt(this.#at) !== ':') return this.#invalid('after object key');
    return this.#go('value');
  }

  /** Passes over one character. */
  #go(expected: Expected): undefined {
    this.#at++;
    this.#expected = expected;
    return undefined;
  }

  #skipSpace(): void {
    while (this.#at < this.#text.length && ' \t\r\n'.includes(this.#text.charAt(this.#at)))
      this.#at++;
  }

  #invalid(where: string): string {
    return this.#at >= this.#text.length
      ? end
      : `invalid character ${quoted(this.#text.charAt(this.#at))} ${where}`;
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
    if (this.#text.charAt(this.#at) === '-') this.#at++;
    if (this.#text.charAt(this.#at) === '0') this.#at++;
    else if (!this.#digits()) return this.#invalid('in numeric literal');
    if (this.#text.charAt(this.#at) === '.') {
      this.#at++;
      if (!this.#digits()) return this.#invalid('after decimal point in numeric literal');
    }
    if (/[eE]/.test(this.#text.charAt(this.#at))) {
      this.#at++;
      if (/[+-]/.test(this.#text.charAt(this.#at))) this.#at++;
      if (!this.#digits()) return this.#invalid('in exponent of numeric literal');
    }
    return undefined;
  }

  /** Passes over digits; whether there were any. */
  #digits(): boolean {
    const start = this.#at;
    while (isDigit(this.#text.charAt(this.#at))) this.#at++;
    return this.#at > start;
  }

  #string(): string | undefined {
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (character === '"') {
        this.#at++;
        return undefined;
      }
      if (character < ' ') return this.#invalid('in string literal');
      const problem = character === '\\' ? this.#escape() : undefined;
      if (problem !== undefined) return problem;
    }
    return end;
  }

  #escape(): string | undefined {
    this.#at++;
    const character = this.#text.charAt(this.#at);
    if (character === '' || !'"\\/bfnrtu'.includes(character))
      return this.#invalid('in string escape code');
    if (character !== 'u') return undefined;
    for (let digit = 0; digit < 4; digit++) {
      this.#at++;
      if (!/[\da-fA-F]/.test(this.#text.charAt(this.#at)))
        return this.#invalid(String.raw`in \u hexadecimal character escape`);
    }
    return undefined;
  }
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9';

const shortEscapes: Readonly<Record<string, string>> = {
  "'": String.raw`\'`,
  '\\': String.raw`\\`,
  '\u0007': String.raw`\a`,
  '\b': String.raw`\b`,
  '\f': String.raw`\f`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
  '\v': String.raw`\v`,
};

/** A byte as Go quotes it: as the character of that number. */
function quoted(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16);
  const text =
    shortEscapes[character] ??
    (code < 0x20 || code === 0x7f
      ? `\\x${hex.padStart(2, '0')}`
      : (code >= 0x80 && code <= 0xa0) || code === 0xad
        ? `\\u00${hex}`
        : character);
  return `'${text}'`;
}
