import { randomBytes } from 'node:crypto';
import { parseRanges, type ByteRange } from './byte-ranges.ts';
import type { ApiRequest, ApiResponse } from './http.ts';
import { isSameForRange, preconditionStatus, type Validators } from './preconditions.ts';

/** Bytes that do not change, for clients that keep them. */
export interface Content extends Validators {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** What else is said of it. */
  readonly headers: ApiResponse['headers'];
}

/** Serves it whole, in the parts that are asked for, or not at all when the client has it. Behaviour: Go's net/http ServeContent. */
export function serveContent(request: ApiRequest, content: Content): ApiResponse {
  const { etag, modified, type, bytes } = content;
  const tagged = { ...content.headers, ...(etag === undefined ? {} : { etag }) };
  const lastModified = { 'last-modified': new Date(modified).toUTCString() };
  const status = preconditionStatus(request, content);
  // A tag says it better than a time.
  if (status === 304)
    return empty(304, etag === undefined ? { ...tagged, ...lastModified } : tagged);
  const headers = { ...tagged, ...lastModified, 'content-type': type };
  if (status === 412) return empty(412, headers);
  const asked = request.headers['range'];
  const ranges =
    asked === undefined || !isSameForRange(request, content)
      ? []
      : parseRanges(asked, bytes.length);
  if (typeof ranges === 'string') return unsatisfiable(content, ranges);
  const inParts = { ...headers, 'accept-ranges': 'bytes' };
  const [first, second] = ranges;
  if (first === undefined) return { status: 200, headers: inParts, body: bytes };
  if (second !== undefined) return severalParts(content, ranges, inParts);
  return {
    status: 206,
    headers: { ...inParts, 'content-range': rangeText(first, bytes) },
    body: bytes.subarray(first.start, first.end),
  };
}

const empty = (status: number, headers: ApiResponse['headers']): ApiResponse => ({
  status,
  headers,
  body: undefined,
});

const rangeText = ({ start, end }: ByteRange, { length }: Uint8Array): string =>
  `bytes ${start}-${end - 1}/${length}`;

/** Nobody is to keep it. */
function unsatisfiable(
  { headers, bytes }: Content,
  why: 'invalid' | 'beyond the end',
): ApiResponse {
  const { 'cache-control': _, ...rest } = headers;
  const isBeyond = why === 'beyond the end';
  return {
    status: 416,
    headers: {
      ...rest,
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      ...(isBeyond ? { 'content-range': `bytes */${bytes.length}` } : {}),
    },
    body: Buffer.from(`invalid range${isBeyond ? ': failed to overlap' : ''}\n`),
  };
}

function severalParts(
  { type, bytes }: Content,
  ranges: readonly ByteRange[],
  headers: ApiResponse['headers'],
): ApiResponse {
  const boundary = randomBytes(30).toString('hex');
  const parts = ranges.flatMap((range, index) => [
    `${index === 0 ? '' : '\r\n'}--${boundary}\r\nContent-Range: ${rangeText(range, bytes)}\r\nContent-Type: ${type}\r\n\r\n`,
    bytes.subarray(range.start, range.end),
  ]);
  const pieces = [...parts, `\r\n--${boundary}--\r\n`].map((piece) =>
    typeof piece === 'string' ? Buffer.from(piece) : piece,
  );
  return {
    status: 206,
    headers: { ...headers, 'content-type': `multipart/byteranges; boundary=${boundary}` },
    body: Buffer.concat(pieces),
  };
}
