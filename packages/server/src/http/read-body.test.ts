import { connect as tlsConnect } from 'node:tls';
import { StatusError } from '@keelson/api-machinery';
import { respondError, servedMediaTypes } from '@keelson/endpoints';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { openTestServer } from '../testing/test-server.ts';

const limit = 1000;

/** Answers with the size of the body, or with what is wrong with it. */
const openSizeServer = (failed?: (error: StatusError) => void) =>
  openTestServer({
    api: async (request) => {
      try {
        return {
          status: 200,
          headers: {},
          body: Buffer.from(String((await request.body(limit)).length)),
        };
      } catch (error) {
        if (error instanceof StatusError) failed?.(error);
        return respondError(error, {
          headers: {},
          query: new URLSearchParams(),
          served: servedMediaTypes(false),
        });
      }
    },
  });

describe('a request body', () => {
  const cases: readonly {
    name: string;
    size: number;
    chunked: boolean;
    status: number;
    body: RegExp;
  }[] = [
    { name: 'may be empty', size: 0, chunked: false, status: 200, body: /^0$/ },
    {
      name: 'may be as long as the limit',
      size: limit,
      chunked: false,
      status: 200,
      body: /^1000$/,
    },
    {
      name: 'may come without its length',
      size: limit,
      chunked: true,
      status: 200,
      body: /^1000$/,
    },
    {
      name: 'must not be longer',
      size: limit + 1,
      chunked: false,
      status: 413,
      body: /"Request entity too large: limit is 1000","reason":"RequestEntityTooLarge"/,
    },
    {
      name: 'must not be longer without saying so',
      size: limit + 1,
      chunked: true,
      status: 413,
      body: /limit is 1000/,
    },
    {
      name: 'is not kept when it is much longer',
      size: 20_000_000,
      chunked: true,
      status: 413,
      body: /limit is 1000/,
    },
  ];
  for (const { name, size, chunked, status, body } of cases) {
    it(name, async () => {
      await using server = await openSizeServer();
      const headers: Record<string, string> = chunked
        ? { 'transfer-encoding': 'chunked' }
        : { 'content-length': String(size) };
      const answer = await server.get('/api', {
        method: 'POST',
        body: Buffer.alloc(size),
        headers,
      });
      expect(answer.status).to.equal(status);
      expect(answer.body.toString()).to.match(body);
    });
  }

  it('that is cut off is a bad request', async () => {
    const failed = Promise.withResolvers<StatusError>();
    await using server = await openSizeServer((error) => failed.resolve(error));
    const socket = tlsConnect({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false });
    socket.on('error', () => undefined);
    socket.write('POST /api HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf', () =>
      socket.destroy(),
    );
    expect((await failed.promise).message).to.equal('unexpected EOF');
  });

  it('that does not come ends with the request’s time', async () => {
    await using server = await openSizeServer();
    const stream = server.connect().request({ ':path': '/api?timeout=5ms', ':method': 'POST' });
    const status = await new Promise((resolve) =>
      stream.once('response', (headers) => resolve(headers[':status'])),
    );
    expect(status).to.equal(504);
    stream.close();
  });

  it('is not waited for once it is refused, on HTTP/2', async () => {
    await using server = await openTestServer({ authenticate: () => Promise.resolve(undefined) });
    const stream = server.connect().request({ ':path': '/api', ':method': 'POST' });
    stream.on('error', () => undefined);
    stream.write(Buffer.alloc(1000));
    stream.resume();
    await new Promise((resolve) => stream.once('close', resolve));
    expect(stream.rstCode).to.equal(0);
  });
});
