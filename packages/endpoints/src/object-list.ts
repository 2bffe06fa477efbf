/**
 * The body of a list of objects: `head`, the objects' own bytes in the list's form, `tail`. Items are shared and never change,
 * so whoever turns them into something may keep it for as long as they live.
 */
export interface ObjectListBody {
  readonly head: Uint8Array;
  readonly items: readonly Uint8Array[];
  readonly form: ItemForm;
  readonly tail: Uint8Array;
}

/** How an object's bytes stand in a list. */
export interface ItemForm {
  /** How many bytes at an item's beginning the list leaves out. */
  readonly skipped: number;
  /** What it has in their place. */
  readonly opening: Uint8Array;
  /** What stands between two items. */
  readonly between: Uint8Array;
}

const nothing = new Uint8Array();

/** Items that stand in the list as they are. */
export const wholeItems: ItemForm = { skipped: 0, opening: nothing, between: nothing };

/** JSON of which the list leaves out the opening brace, kind and apiVersion: so many bytes. */
export const jsonItems = (skipped: number): ItemForm => ({
  skipped,
  opening: openBrace,
  between: comma,
});

const openBrace = Buffer.from('{');
const comma = Buffer.from(',');

/** How much is handed to the socket at a time. */
const chunkSize = 128 * 1024;

/** How many bytes a list's body has. */
export function objectListLength({ head, items, form, tail }: ObjectListBody): number {
  return head.length + itemsLength(items, form) + tail.length;
}

/** A list's body in chunks, so that a list of thousands costs tens of writes and never one big buffer. */
export function* objectListChunks(body: ObjectListBody): Iterable<Uint8Array> {
  const { head, items, form, tail } = body;
  if (objectListLength(body) <= chunkSize) {
    yield Buffer.concat(objectListParts(body));
    return;
  }
  yield head;
  let first = 0;
  let size = 0;
  for (let next = 0; next < items.length; next++) {
    size += items[next]?.length ?? 0;
    if (size < chunkSize && next < items.length - 1) continue;
    yield joinedItems(items.slice(first, next + 1), form, { goesOn: first > 0 });
    [first, size] = [next + 1, 0];
  }
  yield tail;
}

/** A short list's body in parts. What the very same items were joined to is kept: lists of the same state have them. */
export function objectListParts({ head, items, form, tail }: ObjectListBody): Uint8Array[] {
  const known = joined.get(items);
  if (known?.skipped === form.skipped) return [head, known.bytes, tail];
  const bytes = joinedItems(items, form);
  joined.set(items, { skipped: form.skipped, bytes });
  return [head, bytes, tail];
}

interface Joined {
  readonly skipped: number;
  readonly bytes: Uint8Array;
}

const joined = new WeakMap<ObjectListBody['items'], Joined>();

interface JoinOptions {
  /** Whether what stands between two items stands before the first, too. */
  readonly goesOn?: boolean;
  /** Where they are written to: so many bytes. */
  readonly room?: (length: number) => Buffer<ArrayBuffer>;
}

/** Items as they stand in a list, with what stands between them. */
export function joinedItems(
  items: readonly Uint8Array[],
  form: ItemForm,
  { goesOn = false, room = (length) => Buffer.allocUnsafe(length) }: JoinOptions = {},
): Buffer<ArrayBuffer> {
  const { skipped, opening, between } = form;
  const all = room(itemsLength(items, form) + (goesOn && items.length > 0 ? between.length : 0));
  let end = 0;
  for (const item of items) {
    if (end > 0 || goesOn) end = put(all, between, end);
    end = put(all, opening, end);
    end = put(all, skipped === 0 ? item : item.subarray(skipped), end);
  }
  return all;
}

/** Returns where the next bytes go. */
function put(into: Uint8Array, bytes: Uint8Array, at: number): number {
  if (bytes.length === 1) into[at] = bytes[0] ?? 0;
  else if (bytes.length > 0) into.set(bytes, at);
  return at + bytes.length;
}

function itemsLength(
  items: readonly Uint8Array[],
  { skipped, opening, between }: ItemForm,
): number {
  if (items.length === 0) return 0;
  let length = items.length * (opening.length + between.length) - between.length;
  for (const item of items) length += item.length - skipped;
  return length;
}
