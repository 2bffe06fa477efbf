import {
  goQuote,
  isRawNumber,
  jsonText,
  parseInt64,
  rawNumber,
  type Int64,
  type JsonValue,
} from '@keelson/api-machinery';
import { defineOwn } from '../own-property.ts';
import { keyOf, type Key } from './key.ts';
import { depthLimit, type AliasNode, type MappingNode, type YamlNode } from './nodes.ts';
import { isFloat, resolveScalar } from './resolve-scalar.ts';
import { YamlError } from './yaml-error.ts';

/** A document as JSON. */
export interface YamlJson {
  readonly value: JsonValue;
  /** Keys that are there twice, in Go's words; the last one counts. */
  readonly duplicates: readonly string[];
  /** Whether some numbers are raw ones, because JavaScript does not hold them exactly. */
  readonly isExact: boolean;
}

/** A map's members by their keys' ids. */
type Pairs = Map<string, { readonly key: Key; readonly value: JsonValue }>;

/** How many characters of text aliases may repeat: each may stand for megabytes. */
const repeatedLimit = 8 * 1024 * 1024;

/** Makes JSON of nodes; `exactly`: with raw numbers where JavaScript has none that are exact. Throws YamlError, for a few lines that ask for billions of values, too. Behaviour: go.yaml.in/yaml/v2 decoder. */
export function jsonOfNodes(root: YamlNode, source: string, exactly = false): YamlJson {
  const converter = new Converter(source, exactly);
  const value = converter.value(root, 0);
  return { value, duplicates: converter.duplicates, isExact: converter.isExact };
}

class Converter {
  readonly duplicates: string[] = [];
  isExact = false;
  readonly #source: string;
  #counted = { offset: 0, line: 1 };
  readonly #exactly: boolean;
  readonly #following = new Set<YamlNode>();
  #count = 0;
  #repeated = 0;
  #repeatedText = 0;

  constructor(source: string, exactly: boolean) {
    this.#source = source;
    this.#exactly = exactly;
  }

  value(node: YamlNode, depth: number): JsonValue {
    this.#tally(node);
    if (depth > depthLimit) throw new YamlError('exceeded max depth of 10000');
    switch (node.kind) {
      case 'alias':
        return this.#follow(node, () => this.value(node.target, depth + 1));
      case 'sequence':
        return node.items.map((item) => this.value(item, depth + 1));
      case 'mapping':
        return this.#mapping(node, depth);
      case 'scalar': {
        const value = resolveScalar(node);
        if (typeof value === 'number' && !Number.isFinite(value))
          throw new YamlError(`json: unsupported value: ${infinityText(value)}`, { cause: 'json' });
        return typeof value === 'number' || typeof value === 'bigint' ? this.#number(value) : value;
      }
    }
  }

  /** Go writes them as JSON, and reads that: what was no whole number may be one then, and what has no sign may be none. */
  #number(value: Int64): JsonValue {
    const digits = String(value);
    if (Number.isSafeInteger(value) || !/^-?\d+$/.test(digits)) return value;
    const exact = parseInt64(digits);
    if (exact !== undefined) return exact;
    if (!this.#exactly) return Number(value);
    this.isExact = true;
    return rawNumber(digits);
  }

  /** Counts what is made, and what of it aliases made. */
  #tally(node: YamlNode): void {
    this.#count++;
    if (this.#following.size === 0) return;
    this.#repeated++;
    if (node.kind === 'scalar') this.#repeatedText += node.text.length;
    const tooMany =
      this.#repeated > 100 &&
      this.#count > 1000 &&
      this.#repeated / this.#count > allowedRatio(this.#count);
    if (tooMany || this.#repeatedText > repeatedLimit)
      throw new YamlError('document contains excessive aliasing');
  }

  #follow<R>(alias: AliasNode, look: () => R): R {
    if (this.#following.has(alias))
      throw new YamlError(`anchor '${alias.name}' value contains itself`);
    this.#following.add(alias);
    const found = look();
    this.#following.delete(alias);
    return found;
  }

  #mapping(node: MappingNode, depth: number): JsonValue {
    const pairs: Pairs = new Map();
    this.#fill(pairs, node, depth);
    const object: { [key: string]: JsonValue } = {};
    for (const { key, value } of pairs.values()) defineOwn(object, textOf(key, value), value);
    return object;
  }

  #fill(pairs: Pairs, { items }: MappingNode, depth: number): void {
    for (let at = 0; at < items.length; at += 2) {
      const [key, value] = [items[at], items[at + 1]];
      if (key === undefined || value === undefined) return;
      if (isMerge(key)) {
        this.#merge(pairs, value, depth + 1);
        continue;
      }
      const name = this.#key(key, depth + 1);
      const content = this.value(value, depth + 1);
      if (pairs.has(name.id))
        this.duplicates.push(
          `line ${this.#line(value.start)}: key ${name.shown} already set in map`,
        );
      pairs.set(name.id, { key: name, value: content });
    }
  }

  #key(node: YamlNode, depth: number): Key {
    if (node.kind === 'alias') {
      this.#tally(node);
      return this.#follow(node, () => this.#key(node.target, depth + 1));
    }
    if (node.kind !== 'scalar')
      throw new YamlError(`invalid map key: ${shown(this.value(node, depth))}`);
    this.#tally(node);
    return keyOf(resolveScalar(node), isFloat(node));
  }

  /** What is merged counts as written where the merge stands. */
  #merge(pairs: Pairs, node: YamlNode, depth: number): void {
    if (depth > depthLimit) throw new YamlError('exceeded max depth of 10000');
    if (node.kind === 'mapping') {
      this.#tally(node);
      this.#fill(pairs, node, depth);
    } else if (node.kind === 'alias') {
      const { target } = node;
      if (target.kind !== 'mapping') throw new YamlError(wantMap);
      this.#tally(node);
      this.#follow(node, () => this.#merge(pairs, target, depth + 1));
    } else if (node.kind === 'sequence') {
      for (const item of node.items.toReversed()) {
        if (item.kind !== 'mapping' && item.kind !== 'alias') throw new YamlError(wantMap);
        this.#merge(pairs, item, depth + 1);
      }
    } else throw new YamlError(wantMap);
  }

  /** Asked for places one after the other, it looks at each but once. */
  #line(offset: number): number {
    if (offset < this.#counted.offset) this.#counted = { offset: 0, line: 1 };
    const between = this.#source.slice(this.#counted.offset, offset);
    const line = this.#counted.line + between.split(lineBreak).length - 1;
    this.#counted = { offset, line };
    return line;
  }
}

const lineBreak = /\r\n|[\n\r\u0085\u2028\u2029]/;

const wantMap = 'map merge requires map or sequence of maps as the value';

const isMerge = (node: YamlNode): boolean =>
  node.kind === 'scalar' &&
  node.text === '<<' &&
  (node.tag === '!!merge' || (node.tag === '' && node.plain));

/** How much of what is made may come from aliases: nearly all of a small document, little of a large one. */
function allowedRatio(count: number): number {
  const [low, high] = [400_000, 4_000_000];
  if (count <= low) return 0.99;
  return count >= high ? 0.1 : 0.99 - (0.89 * (count - low)) / (high - low);
}

const infinityText = (value: number): string =>
  Number.isNaN(value) ? 'NaN' : value < 0 ? '-Inf' : '+Inf';

/** Throws YamlError for what has none. */
function textOf({ text, type, shown: name }: Key, value: JsonValue): string {
  if (text !== undefined) return text;
  throw new YamlError(
    `unsupported map key of type: ${type}, key: ${name}, value: ${shown(value)}`,
    { cause: 'json' },
  );
}

/** Go's `%#v` of a value. */
function shown(value: JsonValue): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(shown).join(', ')}}`;
  if (isRawNumber(value)) return `0x${BigInt(jsonText(value)).toString(16)}`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${goQuote(key)}:${shown(item)}`);
    return `map[interface {}]interface {}{${entries.join(', ')}}`;
  }
  if (value === null) return 'interface {}(nil)';
  return typeof value === 'string' ? goQuote(value) : String(value);
}
