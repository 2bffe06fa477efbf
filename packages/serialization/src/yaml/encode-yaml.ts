import { bytesOf } from '../bytes.ts';
import { isRawNumber, type Int64, type JsonValue } from '@keelson/api-machinery';
import { folded, type Place, type Quote } from './fold.ts';
import { naturalOrder } from './key-order.ts';
import { withoutNextLines } from './next-line.ts';
import { hasBreak, special, styleOf, type ScalarStyle } from './scalar-style.ts';

/**
 * Writes JSON as YAML: keys sorted, lists not indented below their key, strings quoted where they would be read as something else.
 * Behaviour: sigs.k8s.io/yaml Marshal.
 */
export function encodeYaml(value: JsonValue): Uint8Array {
  const text = block(value, { column: 0, indent: '' });
  return bytesOf(text.startsWith('\n') ? text.slice(1) : `${text.trimStart()}\n`);
}

/** A value after `key:` or `-`: begins with a space when it stands on that line, with a newline when it does not. Ends without one but for blocks. */
function block(value: JsonValue, place: Place): string {
  const { indent } = place;
  if (Array.isArray(value))
    return value.length === 0 ? ' []' : `\n${value.map((item) => listItem(item, indent)).join('')}`;
  if (isRawNumber(value)) return ` ${rawNumberText(JSON.stringify(value))}`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    return keys.length === 0 ? ' {}' : `\n${mapLines(value, keys, indent)}`;
  }
  return ` ${scalar(value, place)}`;
}

function mapLines(value: { [key: string]: JsonValue }, keys: string[], indent: string): string {
  return keys
    .sort(naturalOrder)
    .map((key) => {
      const start = keyStart(key, indent);
      const column = start.length - start.lastIndexOf('\n');
      return start + ended(mapValue(value[key] ?? null, indent, column));
    })
    .join('');
}

/** Lists stand at their key's indent, everything else deeper. */
const mapValue = (value: JsonValue, indent: string, column: number): string =>
  block(value, { column, indent: Array.isArray(value) ? indent : `${indent}  ` });
const ended = (text: string): string =>
  isBreak(text.charAt(text.length - 1)) ? text : `${text}\n`;

function listItem(item: JsonValue, indent: string): string {
  const inner = `${indent}  `;
  const text = block(item, { column: inner.length, indent: inner });
  // The first line of a map or a list stands behind the dash.
  return `${indent}-${text.startsWith('\n') ? ` ${ended(text.slice(1 + inner.length))}` : ended(text)}`;
}

/** `key:`, or on lines of its own, with a question mark, what is too long or has lines. */
function keyStart(name: string, indent: string): string {
  const key = withoutNextLines(name);
  const isSimple = !hasBreak(key) && utf8Length(key) <= 128;
  if (!isSimple)
    return `${indent}?${ended(` ${text(key, { column: indent.length + 2, indent: `${indent}  ` })}`)}${indent}:`;
  const style = styleOf(key);
  const quote = quotes[style];
  return `${indent}${quote}${escaped(key, quote)}${quote}:`;
}

const encoder = new TextEncoder();
const utf8Length = (value: string): number =>
  value.length * 3 <= 128 ? value.length : encoder.encode(value).length;

const quotes: Readonly<Record<ScalarStyle, Quote>> = {
  plain: '',
  literal: '',
  single: "'",
  double: '"',
};

const scalar = (value: string | Int64 | boolean | null, place: Place): string =>
  typeof value === 'string'
    ? text(withoutNextLines(value), place)
    : value === null
      ? 'null'
      : numberText(value);

function text(value: string, place: Place): string {
  const style = styleOf(value);
  if (style === 'literal') return literal(value, place.indent);
  const quote = quotes[style];
  const column = place.column + quote.length;
  const content = escaped(value, quote);
  const lines = quote === "'" ? indentedBreaks(content, place.indent) : content;
  return quote + folded(lines, quote, { ...place, column }) + quote;
}

/** What follows line breaks begins where further lines do. */
const indentedBreaks = (written: string, indent: string): string =>
  written.replace(/[\n\u2028\u2029]+/g, (breaks, at: number) =>
    at + breaks.length === written.length ? breaks : breaks + indent,
  );

/** A number whose text says more than its value: whole ones stay as they are. */
const rawNumberText = (digits: string): string =>
  /^-?\d+$/.test(digits) ? digits : numberText(Number(digits));

/** Floats as Go prints them in YAML; whole numbers plain. */
const numberText = (value: Int64 | boolean): string =>
  typeof value === 'number' && Math.abs(value) >= 1e21 ? value.toExponential() : String(value);

function literal(value: string, indent: string): string {
  const own = indent === '' ? '  ' : indent;
  const begins = isBreak(value.charAt(0));
  const hint = begins || value.startsWith(' ') ? '2' : '';
  const block = (begins ? '' : own) + indentedBreaks(value, own);
  return `|${hint}${chompingOf(value)}\n${ended(block)}`;
}

/** What becomes of the line breaks at the end: none is there, one is kept, or all are. */
function chompingOf(value: string): '-' | '' | '+' {
  const { length } = value;
  if (!isBreak(value.charAt(length - 1))) return '-';
  return length === 1 || isBreak(value.charAt(length - 2)) ? '+' : '';
}

const isBreak = (character: string): boolean =>
  character === '\n' || character === '\u2028' || character === '\u2029';

function escaped(text: string, quote: Quote): string {
  if (quote === '') return text;
  return quote === '"' ? doubleEscaped(text) : text.replaceAll("'", "''");
}

const doubleEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\u0000': '\\0',
  '\u0007': '\\a',
  '\u000b': '\\v',
  '\u001b': '\\e',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleEscaped(text: string): string {
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (Object.hasOwn(doubleEscapes, character)) out += doubleEscapes[character];
    else if (special.test(character)) out += escapeOf(code);
    else out += character;
  }
  return out;
}

function escapeOf(code: number): string {
  const digits = code.toString(16).toUpperCase();
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x1_0000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
