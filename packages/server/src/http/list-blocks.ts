import { joinedItems, type ListItem, type ObjectListBody } from '@keelson/endpoints';
import { deflatedPiece, type DeflatedPiece } from './gzip-member.ts';

// Most of what a list costs is compressing it, and most lists hold what the one before held. So the items are cut into
// blocks, and what a block was compressed to is kept. Where a block begins depends on the objects' names alone: a change
// anywhere leaves all blocks but its own as they are.

/** One object in so many begins a block. */
const meanLength = 16;
const longest = 8 * meanLength;
/** How many bytes of an object tell whether it begins a block: its name is among them. */
const telling = 64;

interface Block {
  readonly items: readonly ListItem[];
  readonly skipped: number;
  /** The promise while it is being made, so that lists at the same time make it once. */
  piece: DeflatedPiece | Promise<DeflatedPiece>;
}

/** By a block's first object; it goes with that one. One per object bounds what is kept to a part of the objects' own size. */
const known = new WeakMap<ListItem, Block>();

/** The items of a list, block by block, without the commas between blocks. */
export function* deflatedBlocks({
  items,
  skipped,
}: ObjectListBody): Iterable<DeflatedPiece | Promise<DeflatedPiece>> {
  for (let start = 0; start < items.length;) {
    const block = knownBlock(items, start, skipped) ?? newBlock(items, start, skipped);
    yield block.piece;
    start += block.items.length;
  }
}

function knownBlock(items: readonly ListItem[], start: number, skipped: number): Block | undefined {
  const block = known.get(items[start] as ListItem);
  if (block === undefined || block.skipped !== skipped) return undefined;
  const { length } = block.items;
  for (let i = 1; i < length; i++) {
    if (items[start + i] !== block.items[i]) return undefined;
  }
  return endsAt(items, start + length, length, skipped) ? block : undefined;
}

function newBlock(items: readonly ListItem[], start: number, skipped: number): Block {
  let length = 1;
  while (!endsAt(items, start + length, length, skipped)) length++;
  const members = items.slice(start, start + length);
  const piece = deflatedPiece(joinedItems(members, skipped));
  const block: Block = { items: members, skipped, piece };
  const first = items[start] as ListItem;
  known.set(first, block);
  piece.then(
    (made) => void (block.piece = made),
    // Whoever awaits it is told; the next list tries again.
    () => void (known.get(first) === block && known.delete(first)),
  );
  return block;
}

/** Whether a block of so many items ends before the item at `index`. */
function endsAt(
  items: readonly ListItem[],
  index: number,
  length: number,
  skipped: number,
): boolean {
  const item = items[index];
  return item === undefined || length === longest || beginsBlock(item.json, skipped);
}

/** FNV-1a over the bytes that hold the name. */
function beginsBlock(json: Uint8Array, skipped: number): boolean {
  const end = Math.min(skipped + telling, json.length);
  let hash = 0x811c9dc5;
  for (let i = skipped; i < end; i++) hash = Math.imul(hash ^ (json[i] ?? 0), 0x01000193);
  return ((hash ^ (hash >>> 16)) >>> 0) % meanLength === 0;
}
