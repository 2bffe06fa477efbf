import type { JsonValue } from '@keelson/api-machinery';

const special = /[<>&\u2028\u2029]/g;
const asGo: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON as Go's encoder writes it, for it is part of the name of a path. Members are sorted. */
export function goJson(value: JsonValue): string {
  if (typeof value === 'string') return goString(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  return `{${Object.keys(value)
    .sort(compareText)
    .map((name) => `${goString(name)}:${goJson(value[name] ?? null)}`)
    .join(',')}}`;
}

function goString(text: string): string {
  if (/^[\w./:-]*$/.test(text)) return `"${text}"`;
  const json = JSON.stringify(text);
  if (!/[<>&\\\u2028\u2029]/.test(json)) return json;
  return json
    .replace(/\\[bf\\]/g, (escape) =>
      escape === '\\b' ? '\\u0008' : escape === '\\f' ? '\\u000c' : escape,
    )
    .replace(special, (character) => asGo[character] ?? character);
}

/** Compares texts by their UTF-8 bytes, as Go does. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  if (!/[\ud800-\udfff]/.test(a) && !/[\ud800-\udfff]/.test(b)) return a < b ? -1 : 1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
