import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ApiRequest } from './http.ts';
import { serveContent } from './served-content.ts';

const modified = Date.parse('2026-01-02T03:04:05.678Z');
const time = 'Fri, 02 Jan 2026 03:04:05 GMT';
const [before, after] = ['Fri, 02 Jan 2026 03:04:04 GMT', 'Fri, 02 Jan 2026 03:04:06 GMT'];

function served(headers: ApiRequest['headers'], method = 'GET') {
  const {
    status,
    headers: answered,
    body,
  } = serveContent({ method, headers } as ApiRequest, {
    bytes: Buffer.from('0123456789'),
    type: 'text/x',
    etag: '"a"',
    modified,
    headers: { 'cache-control': 'public', vary: 'Accept' },
  });
  return { status, headers: answered, text: Buffer.from((body ?? []) as Uint8Array).toString() };
}

describe('content', () => {
  const cases: readonly (readonly [header: string, value: string, get: number, post?: number])[] = [
    ['if-none-match', '"a"', 304, 412],
    ['if-none-match', 'W/"a"', 304, 412],
    ['if-none-match', '"b", "a"', 304, 412],
    ['if-none-match', '*', 304, 412],
    ['if-none-match', '"b"', 200],
    ['if-none-match', 'a', 200],
    ['if-none-match', 'x, "a"', 200],
    ['if-match', '"a"', 200],
    ['if-match', '*', 200],
    ['if-match', 'W/"a"', 412],
    ['if-match', '"b"', 412],
    ['if-modified-since', time, 304, 200],
    ['if-modified-since', after, 304, 200],
    ['if-modified-since', before, 200],
    ['if-modified-since', 'Friday, 02-Jan-26 03:04:05 GMT', 304, 200],
    ['if-modified-since', 'Fri Jan  2 03:04:05 2026', 304, 200],
    ['if-modified-since', '2026-01-02T03:04:05Z', 200],
    ['if-unmodified-since', time, 200],
    ['if-unmodified-since', before, 412],
    ['if-unmodified-since', 'never', 200],
    ['range', 'bytes=0-0', 206],
    ['range', 'bytes=10-', 416],
    ['range', 'x', 416],
  ];
  for (const [header, value, get, post = get] of cases)
    it(`with ${header}: ${value} is ${get}, for other methods ${post}`, () => {
      const statuses = ['GET', 'HEAD', 'POST'].map(
        (method) => served({ [header]: value }, method).status,
      );
      expect(statuses).to.deep.equal([get, get, post]);
    });

  it('that the client has is told with its tag, not with its time', () => {
    expect(served({ 'if-none-match': '"a"' })).to.deep.equal({
      status: 304,
      headers: { 'cache-control': 'public', vary: 'Accept', etag: '"a"' },
      text: '',
    });
  });

  it('looks at times only without a tag', () => {
    expect(served({ 'if-none-match': '"b"', 'if-modified-since': time }).status).to.equal(200);
    expect(served({ 'if-match': '"a"', 'if-unmodified-since': before }).status).to.equal(200);
  });

  const ranges: readonly (readonly [name: string, ifRange: string, status: number])[] = [
    ['its tag', '"a"', 206],
    ['its time', time, 206],
    ['another tag', '"b"', 200],
    ['a weak tag', 'W/"a"', 200],
    ['another time', after, 200],
    ['neither', 'x', 200],
  ];
  for (const [name, value, status] of ranges)
    it(`in parts, if it is still that with ${name}, is ${status}`, () => {
      expect(served({ range: 'bytes=1-2', 'if-range': value }).status).to.equal(status);
    });

  it('is served in one part', () => {
    const { headers, text } = served({ range: 'bytes=2-4' });
    expect(text).to.equal('234');
    expect(headers).to.deep.equal({
      'cache-control': 'public',
      vary: 'Accept',
      etag: '"a"',
      'last-modified': time,
      'content-type': 'text/x',
      'accept-ranges': 'bytes',
      'content-range': 'bytes 2-4/10',
    });
  });

  it('is served in several parts', () => {
    const { status, headers, text } = served({ range: 'bytes=0-1,-1' });
    const boundary = /^multipart\/byteranges; boundary=([0-9a-f]{60})$/.exec(
      String(headers['content-type']),
    )?.[1];
    expect(status).to.equal(206);
    expect(text.replaceAll(boundary ?? '', 'B')).to.equal(
      '--B\r\nContent-Range: bytes 0-1/10\r\nContent-Type: text/x\r\n\r\n01\r\n' +
        '--B\r\nContent-Range: bytes 9-9/10\r\nContent-Type: text/x\r\n\r\n9\r\n--B--\r\n',
    );
  });

  it('that has no such part says what there is, and is not kept', () => {
    const { headers, text } = served({ range: 'bytes=10-' });
    expect(text).to.equal('invalid range: failed to overlap\n');
    expect(headers).to.include({ 'content-range': 'bytes */10', vary: 'Accept' });
    expect(headers).to.not.have.any.keys('cache-control', 'etag', 'last-modified');
  });
});
