import type { JsonValue } from '@keelson/api-machinery';
import { isObject, valueAt, type JsonObject } from './json.ts';
import type { Answer } from './server.ts';

/** What no two servers say the same. */
const volatile = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'deletionTimestamp',
  'time',
  'nodePort',
  'healthCheckNodePort',
]);

/** What servers give out of their ranges, or name at random. */
const givenOut = /\b10\.0\.\d+\.\d+\b|\b3[0-2]\d{3}\b|(?<=\bkube-api-access-)\w{5}\b/g;

/** What differs between two answers, one line each; none when the servers cannot be told apart. */
export function differences(reference: Answer, ours: Answer): string[] {
  const found: string[] = [];
  if (reference.status !== ours.status)
    found.push(`status: ${reference.status} but ours ${ours.status}`);
  compare('warnings', warningsOf(reference), warningsOf(ours), found);
  compare('body', comparable(reference.body), comparable(ours.body), found);
  return found;
}

/** In no order: upstream goes through Go's structs, or through maps. */
const warningsOf = ({ warnings }: Answer): string[] =>
  warnings.flatMap((warning) => warning.split(/, (?=299 - )/)).sort();

/** A value with what may differ blotted out, and in order what has none. */
export function comparable(value: JsonValue, name = ''): JsonValue {
  if (volatile.has(name) && typeof value !== 'object') return '<set>';
  if (name === 'message' && typeof value === 'string') return comparableText(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(item));
    // Of what happened in the same second, one may have been in the next for one of the servers.
    return name === 'managedFields' || name === 'causes' ? items.sort(byText) : items;
  }
  if (typeof value === 'string') return value.replace(givenOut, '<given out>');
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, comparable(value[key] ?? null, key)]),
  );
}

/** Texts show objects, and faults in the order of Go's maps, which is none. */
function comparableText(text: string): string {
  return text
    .replace(/(?<=Invalid value: )"(?:[^"\\]|\\.)*"/g, withManagersInOrder)
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<uid>')
    .replace(givenOut, '<given out>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/(?<=resourceVersion\\*":\\*")\d+/g, '<revision>')
    .split('\n')
    .sort()
    .join('\n');
}

/** A quoted object whose managers, and what they own, are sorted; anything else as it is. */
function withManagersInOrder(quoted: string): string {
  const value = parsed(parsed(quoted));
  const managers = valueAt(value ?? null, 'metadata', 'managedFields');
  if (!isObject(value) || !Array.isArray(managers)) return quoted;
  const managedFields = comparable(managers, 'managedFields');
  const metadata = { ...(value['metadata'] as JsonObject), managedFields };
  return JSON.stringify(JSON.stringify({ ...value, metadata }));
}

function parsed(text: JsonValue | undefined): JsonValue | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Go quotes some characters as JSON does not.
    return undefined;
  }
}

const byText = (a: JsonValue, b: JsonValue): number =>
  JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;

function compare(
  path: string,
  a: JsonValue | undefined,
  b: JsonValue | undefined,
  found: string[],
): void {
  if (JSON.stringify(a) === JSON.stringify(b)) return;
  if (isObject(a) && isObject(b)) return compareMembers(path, a, b, found);
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length)
    return a.forEach((item, index) => compare(`${path}[${index}]`, item, b[index], found));
  found.push(`${path}: ${shown(a, b)} but ours ${shown(b, a)}`);
}

/** As much of a value as tells it from another. */
function shown(value: JsonValue | undefined, other: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  const [text, rest] = [JSON.stringify(value), JSON.stringify(other ?? null)];
  let same = 0;
  while (same < text.length && text[same] === rest[same]) same++;
  const from = Math.max(0, same - 80);
  return `${from > 0 ? '…' : ''}${text.slice(from, from + 300)}`;
}

function compareMembers(path: string, a: JsonObject, b: JsonObject, found: string[]): void {
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
    compare(`${path}.${name}`, a[name], b[name], found);
}
