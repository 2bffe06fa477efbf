import type { JsonValue } from '@keelson/api-machinery';
import { load, Schema, YAML11_SCHEMA } from 'js-yaml';
import { folded, type Place, type Quote } from './fold.ts';

const schema = new Schema(YAML11_SCHEMA.tags);

/**
 * Writes JSON as YAML: keys sorted, lists not indented below their key, strings quoted where they would be read as something else.
 * Behaviour: sigs.k8s.io/yaml Marshal.
 */
export function encodeYaml(value: JsonValue): Uint8Array {
  const text = block(value, { column: 0, indent: '' });
  return Buffer.from(text.startsWith('\n') ? text.slice(1) : `${text.trimStart()}\n`);
}

/** A value after `key:` or `-`: begins with a space when it stands on that line, with a newline when it does not. Ends without one but for blocks. */
function block(value: JsonValue, place: Place): string {
  const { indent } = place;
  if (Array.isArray(value))
    return value.length === 0 ? ' []' : `\n${value.map((item) => listItem(item, indent)).join('')}`;
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
      const start = `${indent}${keyText(key)}:`;
      return start + ended(mapValue(value[key] ?? null, indent, start.length + 1));
    })
    .join('');
}

/** Lists stand at their key's indent, everything else deeper. */
const mapValue = (value: JsonValue, indent: string, column: number): string =>
  block(value, { column, indent: Array.isArray(value) ? indent : `${indent}  ` });
const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

function listItem(item: JsonValue, indent: string): string {
  const inner = `${indent}  `;
  const text = block(item, { column: inner.length, indent: inner });
  // The first line of a map or a list stands behind the dash.
  return `${indent}-${text.startsWith('\n') ? ` ${ended(text.slice(1 + inner.length))}` : ended(text)}`;
}

function keyText(key: string): string {
  if (key.includes('\n') || key.length > 128) return JSON.stringify(key);
  const quote = quoteOf(key);
  return quote + escaped(key, quote) + quote;
}

function scalar(value: string | number | boolean | null, place: Place): string {
  if (typeof value !== 'string') return value === null ? 'null' : numberText(value);
  if (value.includes('\n') && fitsLiteral(value)) return literal(value, place.indent);
  const quote = quoteOf(value);
  const column = place.column + quote.length;
  return quote + folded(escaped(value, quote), quote, { ...place, column }) + quote;
}

/** Floats as Go prints them in YAML; whole numbers plain. */
const numberText = (value: number | boolean): string =>
  typeof value === 'number' && Math.abs(value) >= 1e21 ? value.toExponential() : String(value);

/** Lines that end in spaces, and characters that must be escaped, cannot stand in a literal block. */
const fitsLiteral = (text: string): boolean =>
  !/ \n| $|\r/.test(text) && !hasSpecial(text.replaceAll('\n', ''));

function literal(text: string, indent: string): string {
  const chomping = text.endsWith('\n\n') || text === '\n' ? '+' : text.endsWith('\n') ? '' : '-';
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const own = indent === '' ? '  ' : indent;
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  return `|${hint}${chomping}\n${lines.map((line) => (line === '' ? '' : own + line)).join('\n')}\n`;
}

// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const special = /[\u0000-\u0008\u000b-\u001f\u007f-\u0084\u0086-\u009f\ufeff\ufffe\uffff]/;
const hasSpecial = (text: string): boolean =>
  special.test(text) || text.includes('\t') === false ? special.test(text) : true;

function quoteOf(text: string): Quote {
  if (text.includes('\n') || hasSpecial(text) || !isPlainString(text)) return '"';
  return canStandPlain(text) ? '' : "'";
}

function escaped(text: string, quote: Quote): string {
  if (quote === '') return text;
  return quote === '"' ? doubleEscaped(text) : text.replaceAll("'", "''");
}

/** Whether the text, unquoted, would be read back as this very string. */
function isPlainString(text: string): boolean {
  if (text === '') return false;
  if (/^[A-Za-z][A-Za-z0-9-]*$/.test(text) && !words.has(text)) return true;
  if (!/^[-+.\d~=<]/.test(text) && !words.has(text)) return true;
  if (/^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/.test(text) || timestamp.test(text)) return false;
  if (words.has(text)) return false;
  return resolvesToString(text);
}

const words = new Set([
  'y',
  'Y',
  'n',
  'N',
  'yes',
  'Yes',
  'YES',
  'no',
  'No',
  'NO',
  'on',
  'On',
  'ON',
  'off',
  'Off',
  'OFF',
  'true',
  'True',
  'TRUE',
  'false',
  'False',
  'FALSE',
  'null',
  'Null',
  'NULL',
  '~',
  '<<',
  '=',
]);
const timestamp = /^\d{4}-\d{1,2}-\d{1,2}([Tt ]|$)/;

function resolvesToString(text: string): boolean {
  try {
    return typeof load(text, { schema }) === 'string';
  } catch {
    // What is no scalar on its own is no number either; how it is quoted is another question.
    return true;
  }
}

function canStandPlain(text: string): boolean {
  if (/^[\s,[\]{}#&*!|>'"%@`]|\s$|: | #|:$/.test(text)) return false;
  if (/^[-?:]/.test(text) && !/^[-?:][^\s]/.test(text)) return false;
  return !/^(---|\.\.\.)/.test(text);
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
};

function doubleEscaped(text: string): string {
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (Object.hasOwn(doubleEscapes, character)) out += doubleEscapes[character];
    else if (special.test(character))
      out +=
        code < 256
          ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`
          : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
    else out += character;
  }
  return out;
}

/** Letters before digits' values, digits by value: `a2` before `a10`. Behaviour: yaml.v2 keyList. */
function naturalOrder(a: string, b: string): number {
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let at = 0; at < x.length && at < y.length; at++) {
    const [p, q] = [x[at] ?? '', y[at] ?? ''];
    if (p === q) continue;
    const [letterP, letterQ] = [/\p{L}/u.test(p), /\p{L}/u.test(q)];
    if (letterP && letterQ) return p < q ? -1 : 1;
    if (letterP !== letterQ) return letterP ? 1 : -1;
    return compareDigits(x, y, at) ?? (p < q ? -1 : 1);
  }
  return x.length - y.length;
}

function compareDigits(x: readonly string[], y: readonly string[], at: number): number | undefined {
  const number = (text: readonly string[]): string =>
    /^\d*/.exec(text.slice(at).join(''))?.[0] ?? '';
  const [p, q] = [number(x), number(y)];
  if (p === '' || q === '') return undefined;
  const difference = Number(p) - Number(q);
  return difference === 0 ? p.length - q.length : difference;
}
