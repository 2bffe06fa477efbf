import type { WireReader } from './wire.ts';

/**
 * Reads a message that ends at `end`, field by field: `read` reads the one whose tag it is given, or says that it knows none such.
 * `message` is its name in Go. Throws WireError.
 */
export function eachField(
  reader: WireReader,
  end: number,
  message: string,
  read: (tag: number) => boolean,
): void {
  const outer = reader.enter(end);
  while (reader.at < end) {
    const tag = reader.tag(message);
    if (!read(tag)) reader.skip(tag);
  }
  reader.leave(outer);
}
