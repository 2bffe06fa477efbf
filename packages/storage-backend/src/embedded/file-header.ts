import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Revision } from '../storage-backend.ts';
import { StorageError } from '../storage-error.ts';

/** How the files are laid out. A greater number is a layout that this code cannot read. */
const formatVersion = 1;
const mark = 'Keelson\0';
export const headerSize = 32;

export interface FileHeader {
  /** Where the checksums of this file start. */
  readonly salt: number;
  /** The newest revision when the file was begun; for a snapshot, the one that it holds. */
  readonly revision: Revision;
}

export function createHeader(revision: Revision): { header: FileHeader; bytes: Buffer } {
  const header = { salt: randomBytes(4).readUInt32LE(), revision };
  const bytes = Buffer.alloc(headerSize);
  bytes.write(mark, 0, 'latin1');
  bytes.writeUInt32LE(formatVersion, 8);
  bytes.writeUInt32LE(header.salt, 12);
  bytes.writeDoubleLE(revision, 16);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, headerSize - 4)), headerSize - 4);
  return { header, bytes };
}

/** `undefined` when the file breaks off within its header, as it may when the process ended while it was begun. */
export function readHeader(
  start: Buffer,
  { path, size }: { path: string; size: number },
): FileHeader | undefined {
  const isUnfinished = start.length < headerSize || start.every((byte) => byte === 0);
  // Nothing is written behind a header that is not on disk.
  if (isUnfinished && size <= headerSize) return undefined;
  if (start.toString('latin1', 0, mark.length) !== mark) {
    throw new StorageError('corrupt', { message: `${path} is not a file of this store` });
  }
  if (crc32(start.subarray(0, headerSize - 4)) !== start.readUInt32LE(headerSize - 4)) {
    throw new StorageError('corrupt', { message: `${path} has a damaged header` });
  }
  const version = start.readUInt32LE(8);
  if (version > formatVersion) {
    throw new StorageError('locked', {
      message: `${path} has format ${version}, written by a newer version; this one reads up to ${formatVersion}`,
    });
  }
  return { salt: start.readUInt32LE(12), revision: start.readDoubleLE(16) };
}
