import { compareBytes } from '../compare-bytes.ts';
import { irregular } from '../reader.ts';
import { majors } from './cbor-writer.ts';
import { falseByte, trueByte, type QuickSource } from './quick-source.ts';

/** What is deeper is read carefully, which has no limit of its own. */
const maxDepth = 64;

/** Any value, its maps in the order of their keys. */
export const quickAny = (source: QuickSource): unknown => quickItem(source, 0);

function quickItem(source: QuickSource, depth: number): unknown {
  const first = source.bytes[source.at] ?? 0;
  const major = first >>> 5;
  if (major === majors.bytes || major === majors.text) return source.text();
  if (major === majors.map) return quickMap(source, depth);
  if (major === majors.list) return quickList(source, depth);
  if (first === falseByte || first === trueByte) return source.boolean();
  return source.takeNull() ? null : source.number();
}

function quickList(source: QuickSource, depth: number): unknown[] {
  if (depth > maxDepth) throw irregular;
  const list: unknown[] = [];
  for (let left = source.length(majors.list); left > 0; left--)
    list.push(quickItem(source, depth + 1));
  return list;
}

function quickMap(source: QuickSource, depth: number): Record<string, unknown> {
  if (depth > maxDepth) throw irregular;
  const map: Record<string, unknown> = {};
  let before: string | undefined;
  let isInOrder = true;
  for (let left = source.length(majors.map); left > 0; left--) {
    const key = source.text();
    mustBeNew(map, key);
    isInOrder &&= before === undefined || compareBytes(before, key) < 0;
    before = key;
    map[key] = quickItem(source, depth + 1);
  }
  return isInOrder ? map : inOrder(map);
}

/** What is there twice is read carefully, and so is the one name that cannot be set. */
export function mustBeNew(map: Readonly<Record<string, unknown>>, key: string): void {
  if (map[key] !== undefined && (key === '__proto__' || Object.hasOwn(map, key))) throw irregular;
}

function inOrder(map: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(map).sort(compareBytes)) ordered[key] = map[key];
  return ordered;
}
