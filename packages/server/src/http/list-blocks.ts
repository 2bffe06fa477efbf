import { joinedItems, type ItemForm, type ObjectListBody } from '@keelson/endpoints';
import { deflatedPiece, type DeflatedPiece } from './gzip-member.ts';

// Most of what a list costs is compressing it, and most lists hold what the one before held. So the items are cut into
// blocks, and what a block was compressed to is kept. Where a block begins depends on each object's name and size alone: a change
// anywhere leaves all blocks but its own as they are.

/** How many bytes a block has on average. In larger ones more is said again, and so compressed better; in smaller ones a change costs less. */
const meanSize = 160 * 1024;
/** Of more bytes than these there are no two objects in a block. */
const longest = 1024 * 1024;
/** How many bytes of an object tell whether it begins a block: its name is among them. */
const telling = 64;
/** Before them stands what is the same in all, or in protobuf how long the object is, which its name does not tell. */
const notTelling = 8;

interface Block {
  readonly items: readonly Uint8Array[];
  readonly skipped: number;
  readonly size: number;
  /** The promise while it is being made, so that lists at the same time make it once. */
  piece: DeflatedPiece | Promise<DeflatedPiece>;
}

/** By a block's first object; it goes with that one. One per object bounds what is kept to a part of the objects' own size. */
const known = new WeakMap<Uint8Array, Block>();

/** The items of a list, block by block, without what stands between blocks. */
export function* deflatedBlocks({
  items,
  form,
}: Pick<ObjectListBody, 'items' | 'form'>): Iterable<DeflatedPiece | Promise<DeflatedPiece>> {
  for (let start = 0; start < items.length;) {
    const block = knownBlock(items, start, form) ?? newBlock(items, start, form);
    yield block.piece;
    start += block.items.length;
  }
}

function knownBlock(
  items: readonly Uint8Array[],
  start: number,
  { skipped }: ItemForm,
): Block | undefined {
  const block = known.get(items[start] as Uint8Array);
  if (block === undefined || block.skipped !== skipped) return undefined;
  const { length } = block.items;
  for (let i = 1; i < length; i++) {
    if (items[start + i] !== block.items[i]) return undefined;
  }
  return endsAt(items, start + length, block) ? block : undefined;
}

function newBlock(items: readonly Uint8Array[], start: number, form: ItemForm): Block {
  const { members, size } = membersFrom(items, start, form);
  const piece = deflatedPiece((room) => joinedItems(members, form, { room }));
  const block: Block = { items: members, skipped: form.skipped, size, piece };
  const first = items[start] as Uint8Array;
  known.set(first, block);
  piece.then(
    (made) => void (block.piece = made),
    // Whoever awaits it is told; the next list tries again.
    () => void (known.get(first) === block && known.delete(first)),
  );
  return block;
}

function membersFrom(
  items: readonly Uint8Array[],
  start: number,
  { skipped }: ItemForm,
): { readonly members: readonly Uint8Array[]; readonly size: number } {
  let size = 0;
  let end = start;
  do size += items[end++]?.length ?? 0;
  while (!endsAt(items, end, { size, skipped }));
  return { members: items.slice(start, end), size };
}

/** Whether a block ends before the item at `index`. */
function endsAt(
  items: readonly Uint8Array[],
  index: number,
  { size, skipped }: Pick<Block, 'size' | 'skipped'>,
): boolean {
  const item = items[index];
  return (
    item === undefined || size + item.length > longest || beginsBlock(item, skipped + notTelling)
  );
}

/** By FNV-1a over the bytes that hold the name; the larger an object is, the likelier. */
function beginsBlock(item: Uint8Array, start: number): boolean {
  const end = Math.min(start + telling, item.length);
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (item[i] ?? 0), 0x01000193);
  return ((hash ^ (hash >>> 16)) >>> 0) * meanSize < item.length * 2 ** 32;
}
