import type { ObjectListBody } from '@keelson/endpoints';
import { GzipMember, storedPiece } from './gzip-member.ts';
import { deflatedBlocks } from './list-blocks.ts';

/** How much is handed to the socket at a time. */
const chunkSize = 64 * 1024;

/** A list compressed with gzip, in chunks; blocks of objects that have not changed since they were last sent are not compressed again. */
export async function* gzippedList(list: ObjectListBody): AsyncIterable<Uint8Array> {
  const member = new GzipMember();
  const between = storedPiece(list.form.between);
  let parts = [member.header, member.add(storedPiece(list.head))];
  let size = 0;
  let first = true;
  for (const block of deflatedBlocks(list)) {
    const piece = block instanceof Promise ? await block : block;
    if (!first) parts.push(member.add(between));
    first = false;
    parts.push(member.add(piece));
    size += piece.bytes.length;
    if (size < chunkSize) continue;
    yield Buffer.concat(parts);
    [parts, size] = [[], 0];
  }
  parts.push(member.add(storedPiece(list.tail)), member.end());
  yield Buffer.concat(parts);
}
