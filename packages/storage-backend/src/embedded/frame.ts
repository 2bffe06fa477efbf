import { crc32 } from 'node:zlib';

/**
 * A file of the store is a header and then frames. A frame is what one write puts on disk: a checksum over its number, its
 * length and its payload, so that it is there whole or not at all. The checksum starts from the file's own random salt,
 * so that no stored value can pass for a frame.
 */
export interface Frame {
  readonly payload: Buffer;
  /** Where the next frame begins. */
  readonly end: number;
}

export const frameOverhead = 16;
const magic = 0x4e534c4b;

/** Makes a frame of a buffer whose first `frameOverhead` bytes are left free for it. */
export function sealFrame(buffer: Buffer, sequence: number, salt: number): void {
  buffer.writeUInt32LE(magic, 0);
  buffer.writeUInt32LE(buffer.length - frameOverhead, 8);
  buffer.writeUInt32LE(sequence, 12);
  buffer.writeUInt32LE(crc32(buffer.subarray(8), salt), 4);
}

/** The frame at an offset; `undefined` unless it is whole and is the one expected there. */
export function readFrame(
  file: Buffer,
  offset: number,
  expected: { sequence: number; salt: number },
): Frame | undefined {
  if (offset + frameOverhead > file.length || file.readUInt32LE(offset) !== magic) return undefined;
  const end = offset + frameOverhead + file.readUInt32LE(offset + 8);
  if (end > file.length || file.readUInt32LE(offset + 12) !== expected.sequence) return undefined;
  const checked = file.subarray(offset + 8, end);
  if (crc32(checked, expected.salt) !== file.readUInt32LE(offset + 4)) return undefined;
  return { payload: file.subarray(offset + frameOverhead, end), end };
}

/**
 * Whether a later frame than the expected one is whole somewhere behind an offset. A frame is only written when the one
 * before it is on disk: then what is broken at the offset is damage, and otherwise the unfinished end of a last write.
 */
export function hasLaterFrame(
  file: Buffer,
  offset: number,
  expected: { sequence: number; salt: number },
): boolean {
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(magic);
  for (let at = file.indexOf(mark, offset + 1); at >= 0; at = file.indexOf(mark, at + 1)) {
    if (at + frameOverhead > file.length) return false;
    const sequence = file.readUInt32LE(at + 12);
    if (sequence <= expected.sequence || sequence > expected.sequence + file.length) continue;
    if (readFrame(file, at, { sequence, salt: expected.salt })) return true;
  }
  return false;
}
