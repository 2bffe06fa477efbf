import { jsonText } from '@keelson/api-machinery';

// Strings as Go's encoder writes them: HTML's characters and the line separators are escaped, too.
const plain = /^[\x20\x21\x23-\x25\x27-\x3b\x3d\x3f-\x5b\x5d-\x7e]*$/;
const html = /[<>&\u2028\u2029]/g;
const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};
const escaped = (text: string): string =>
  text.replace(html, (character) => escapes[character] ?? character);

/** A string as JSON. */
export function stringText(value: string): string {
  return plain.test(value) ? `"${value}"` : escaped(JSON.stringify(value));
}

/** Any JSON value, its fields as they come. */
export function valueText(value: unknown): string {
  return escaped(jsonText(value) ?? 'null');
}

let last: { readonly value: unknown; readonly text: string } = { value: null, text: 'null' };

/** A value that never changes, as `valueText`: objects that were made alike share what their managers own. */
export function sharedText(value: unknown): string {
  if (value !== last.value) last = { value, text: valueText(value) };
  return last.text;
}
