import type { ObjectListBody } from '@keelson/endpoints';
import { GzipMember, storedPiece } from './gzip-member.ts';
import { deflatedChunks } from './list-chunks.ts';

/**
 * A list compressed with gzip, in parts to be written together; what has not changed since it was last sent is not compressed again.
 */
export async function* gzippedList(list: ObjectListBody): AsyncIterable<readonly Uint8Array[]> {
  const member = new GzipMember();
  let parts = [member.header, member.add(storedPiece(list.head))];
  let first = true;
  for await (const chunk of deflatedChunks(list)) {
    if (!first) {
      yield parts;
      parts = [];
    }
    first = false;
    parts.push(member.add(chunk));
  }
  parts.push(member.add(storedPiece(list.tail)), member.end());
  yield parts;
}
