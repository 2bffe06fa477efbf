import type { ObjectListBody } from '@keelson/endpoints';
import { joinedPieces, storedPiece, type DeflatedPiece } from './gzip-member.ts';
import { deflatedBlocks } from './list-blocks.ts';

/** How much is handed to the socket at a time. */
const chunkSize = 256 * 1024;

interface Chunks {
  readonly skipped: number;
  readonly pieces: readonly DeflatedPiece[];
}

/** Of the very same items, which lists of the same state have. */
const known = new WeakMap<ObjectListBody['items'], Chunks>();

/** The items of a list, compressed, in chunks for the socket. They are kept for the next list that has the very same items. */
export async function* deflatedChunks({
  items,
  form,
}: Pick<ObjectListBody, 'items' | 'form'>): AsyncIterable<DeflatedPiece> {
  const made = chunksOf(items, form);
  if (made !== undefined) return yield* made;
  const pieces: DeflatedPiece[] = [];
  for await (const blocks of blocksByChunk(items, form)) {
    const chunk = joinedPieces(blocks);
    pieces.push(chunk);
    yield chunk;
  }
  known.set(items, { skipped: form.skipped, pieces });
}

/** Whether a list's items are compressed already. */
export function isCompressed({ items, form }: Pick<ObjectListBody, 'items' | 'form'>): boolean {
  return chunksOf(items, form) !== undefined;
}

function chunksOf(
  items: ObjectListBody['items'],
  { skipped }: ObjectListBody['form'],
): readonly DeflatedPiece[] | undefined {
  const chunks = known.get(items);
  return chunks?.skipped === skipped ? chunks.pieces : undefined;
}

async function* blocksByChunk(
  items: ObjectListBody['items'],
  form: ObjectListBody['form'],
): AsyncIterable<readonly DeflatedPiece[]> {
  const between = storedPiece(form.between);
  let pieces: DeflatedPiece[] = [];
  let size = 0;
  let first = true;
  for (const block of deflatedBlocks({ items, form })) {
    const piece = block instanceof Promise ? await block : block;
    pieces.push(...(first ? [] : [between]), piece);
    first = false;
    size += piece.bytes.length;
    if (size < chunkSize) continue;
    yield pieces;
    [pieces, size] = [[], 0];
  }
  if (pieces.length > 0) yield pieces;
}
