// Behaviour: Go's net/http ServeContent, which is RFC 9110 section 14 with answers of its own.

/** A part of some bytes. */
export interface ByteRange {
  readonly start: number;
  /** The first byte that is not part of it. */
  readonly end: number;
}

/** What a Range header asks for of `size` bytes: parts, none of them for all, or what cannot be had. */
export type WantedRanges = readonly ByteRange[] | 'invalid' | 'beyond the end';

const prefix = 'bytes=';

export function parseRanges(header: string, size: number): WantedRanges {
  if (!header.startsWith(prefix)) return 'invalid';
  const ranges: ByteRange[] = [];
  let isBeyond = false;
  for (const part of header.slice(prefix.length).split(',')) {
    if (part.trim() === '') continue;
    const range = rangeOf(part, size);
    if (range === undefined) return 'invalid';
    if (range.start >= size && !isSuffix(part)) isBeyond = true;
    else ranges.push(range);
  }
  if (isBeyond && ranges.length === 0) return 'beyond the end';
  // Who asks for more than there is would be served better with everything.
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0) > size ? [] : ranges;
}

const isSuffix = (part: string): boolean => part.trim().startsWith('-');

function rangeOf(part: string, size: number): ByteRange | undefined {
  const [first = '', ...others] = part.split('-');
  if (others.length === 0) return undefined;
  const last = others.join('-').trim();
  if (first.trim() === '') {
    const length = integerOf(last);
    return length === undefined ? undefined : { start: Math.max(size - length, 0), end: size };
  }
  const start = integerOf(first.trim());
  if (start === undefined) return undefined;
  if (last === '' || start >= size) return { start, end: size };
  const end = integerOf(last);
  return end === undefined || end < start ? undefined : { start, end: Math.min(end + 1, size) };
}

function integerOf(text: string): number | undefined {
  const value = Number(text);
  return /^\+?\d+$/.test(text) && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}
