/**
 * The body of a list of objects: `head`, the items' own JSON with commas between them, `tail`. Items are shared and never
 * change, so whoever turns them into something may keep it for as long as they live.
 */
export interface ObjectListBody {
  readonly head: Uint8Array;
  readonly items: readonly ListItem[];
  /** How many bytes of each item stand for its opening brace, kind and apiVersion, which the items of a list do not repeat. */
  readonly skipped: number;
  readonly tail: Uint8Array;
}

/** What a list's body needs of an object. */
export interface ListItem {
  readonly json: Uint8Array;
}

/** How much is handed to the socket at a time. */
const chunkSize = 128 * 1024;
const openBrace = '{'.charCodeAt(0);
const comma = ','.charCodeAt(0);

/** How many bytes a list's body has. */
export function objectListLength({ head, items, skipped, tail }: ObjectListBody): number {
  return head.length + itemsLength(items, skipped) + tail.length;
}

/** A list's body in chunks, so that a list of thousands costs tens of writes and never one big buffer. */
export function* objectListChunks(body: ObjectListBody): Iterable<Uint8Array> {
  const { head, items, skipped, tail } = body;
  if (objectListLength(body) <= chunkSize) {
    yield Buffer.concat([head, joinedItems(items, skipped), tail]);
    return;
  }
  yield head;
  let first = 0;
  let size = 0;
  for (let next = 0; next < items.length; next++) {
    size += items[next]?.json.length ?? 0;
    if (size < chunkSize && next < items.length - 1) continue;
    yield joinedItems(items.slice(first, next + 1), skipped, first > 0);
    [first, size] = [next + 1, 0];
  }
  yield tail;
}

/** Items as they stand in a list, with commas between them and, when `goesOn`, one before the first. */
export function joinedItems(items: readonly ListItem[], skipped: number, goesOn = false): Buffer {
  const joined = Buffer.allocUnsafe(itemsLength(items, skipped) + (goesOn ? 1 : 0));
  let end = 0;
  for (const { json } of items) {
    if (end > 0 || goesOn) joined[end++] = comma;
    joined[end++] = openBrace;
    joined.set(skipped === 0 ? json : json.subarray(skipped), end);
    end += json.length - skipped;
  }
  return joined;
}

/** Each item has a brace that was skipped, and all but the first a comma. */
function itemsLength(items: readonly ListItem[], skipped: number): number {
  let length = items.length === 0 ? 0 : items.length * 2 - 1;
  for (const { json } of items) length += json.length - skipped;
  return length;
}
