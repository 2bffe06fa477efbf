import { once } from 'node:events';
import { connect as tlsConnect } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import type { ApiRequest, ApiResponse } from '@keelson/endpoints';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  endHeaders,
  endStream,
  frame,
  frames,
  framesUntil,
  getApi,
  openRawConnection,
  type Frame,
} from '../testing/frames.ts';
import { openTestServer, request2, type TestServer } from '../testing/test-server.ts';

const serve = (body: (request: ApiRequest) => ApiResponse['body']) =>
  openTestServer({
    api: (request) =>
      Promise.resolve({
        status: 200,
        headers: { 'content-type': 'application/json', vary: 'Accept' },
        body: body(request),
      }),
  });

function* chunks(count: number, size: number): Iterable<Uint8Array> {
  for (let i = 0; i < count; i++) yield Buffer.alloc(size, 'a'.charCodeAt(0) + (i % 26));
}

const isLast = ({ type, flags }: Frame): boolean =>
  (type === frames.data || type === frames.headers) && (flags & endStream) !== 0;

describe('a response', () => {
  const cases: readonly {
    name: string;
    body: () => ApiResponse['body'];
    gzip: boolean;
    compressed: boolean;
    length: number;
  }[] = [
    {
      name: 'is compressed when it is long',
      body: () => Buffer.alloc(131_073, 'x'),
      gzip: true,
      compressed: true,
      length: 131_073,
    },
    {
      name: 'is not compressed when it is not long',
      body: () => Buffer.alloc(131_072, 'x'),
      gzip: true,
      compressed: false,
      length: 131_072,
    },
    {
      name: 'is not compressed for who does not take it',
      body: () => Buffer.alloc(200_000, 'x'),
      gzip: false,
      compressed: false,
      length: 200_000,
    },
    {
      name: 'is compressed when its chunks are long together',
      body: () => chunks(20, 10_000),
      gzip: true,
      compressed: true,
      length: 200_000,
    },
    {
      name: 'is not compressed when its chunks are not',
      body: () => chunks(3, 10_000),
      gzip: true,
      compressed: false,
      length: 30_000,
    },
    { name: 'may have no chunks', body: () => [], gzip: true, compressed: false, length: 0 },
    { name: 'may have no body', body: () => undefined, gzip: true, compressed: false, length: 0 },
  ];
  for (const { name, body, gzip, compressed, length } of cases) {
    it(name, async () => {
      await using server = await serve(body);
      const answer = await server.get(
        '/api',
        gzip ? { headers: { 'accept-encoding': 'deflate, gzip' } } : {},
      );
      expect(answer.headers['content-encoding']).to.equal(compressed ? 'gzip' : undefined);
      expect(answer.headers['vary']).to.equal(compressed ? 'Accept, Accept-Encoding' : 'Accept');
      expect((compressed ? gunzipSync(answer.body) : answer.body).length).to.equal(length);
    });
  }

  for (const [name, value] of [
    ['accept-ranges', 'bytes'],
    ['content-encoding', 'gzip'],
  ] as const)
    it(`is left as it is with ${name}, however long`, async () => {
      const headers = { [name]: value };
      const body = Buffer.alloc(200_000, 'x');
      await using server = await openTestServer({
        api: () => Promise.resolve({ status: 200, headers, body }),
      });
      const answer = await server.get('/api', { headers: { 'accept-encoding': 'gzip' } });
      expect(answer.headers).to.include({ ...headers, 'content-length': '200000' });
      expect(answer.body.equals(body)).to.equal(true);
    });

  it('to a HEAD has headers only, on HTTP/1.1 and HTTP/2', async () => {
    await using server = await serve(() => Buffer.from('body'));
    const answers = await Promise.all([
      server.get('/api', { method: 'HEAD' }),
      request2(server.connect(), '/api', { ':method': 'HEAD' }),
    ]);
    for (const { status, headers, body } of answers)
      expect([status, headers['content-length'], body.length]).to.deep.equal([200, '4', 0]);
  });

  const bodies: readonly {
    name: string;
    body: ApiResponse['body'];
    payloads: readonly string[];
  }[] = [
    { name: 'bytes', body: Buffer.from('body'), payloads: ['body'] },
    { name: 'a single chunk', body: [Buffer.from('body')], payloads: ['body'] },
    { name: 'no bytes', body: Buffer.alloc(0), payloads: [] },
    { name: 'nothing', body: undefined, payloads: [] },
  ];
  for (const { name, body, payloads } of bodies)
    it(`of ${name} has no frame of its own for its end on HTTP/2`, async () => {
      await using server = await serve(() => body);
      const socket = await openRawConnection(server.port);
      socket.write(frame(frames.headers, endHeaders | endStream, 1, getApi));
      const got = await framesUntil(socket, isLast);
      const data = got.filter(({ type }) => type === frames.data);
      expect(data.map(({ payload }) => payload.toString())).to.deep.equal(payloads);
    });

  for (const body of [Buffer.from('body'), undefined])
    it(`that is ${body === undefined ? 'nothing' : 'a body'} arrives, and ends an upload that goes on, on HTTP/2`, async () => {
      await using server = await serve(() => body);
      const socket = await openRawConnection(server.port);
      socket.write(frame(frames.headers, endHeaders, 1, getApi));
      const got = await framesUntil(socket, ({ type }) => type === frames.rstStream);
      const ofStream = got.filter(({ stream }) => stream === 1);
      expect(ofStream.map(({ type }) => type)).to.deep.equal([
        frames.headers,
        ...(body === undefined ? [] : [frames.data]),
        frames.rstStream,
      ]);
      expect(ofStream.at(-1)?.payload.readUInt32BE()).to.equal(0);
    });

  const clients: readonly {
    protocol: string;
    ask: (server: TestServer) => { answered: Promise<unknown>; leave: () => void };
  }[] = [
    {
      protocol: 'HTTP/1.1',
      ask: ({ port }) => {
        const socket = tlsConnect({
          port,
          host: '127.0.0.1',
          rejectUnauthorized: false,
          ALPNProtocols: ['http/1.1'],
        });
        socket.write('GET /api HTTP/1.1\r\nhost: localhost\r\n\r\n');
        return { answered: once(socket, 'readable'), leave: () => void socket.destroy() };
      },
    },
    {
      protocol: 'HTTP/2',
      ask: (server) => {
        const stream = server.connect().request({ ':path': '/api' });
        stream.on('error', () => undefined);
        return { answered: once(stream, 'response'), leave: () => stream.close(8) };
      },
    },
  ];
  for (const { protocol, ask } of clients) {
    it(`takes no more of its chunks than the client reads, on ${protocol}`, async () => {
      let made = 0;
      const released = Promise.withResolvers<void>();
      function* counted(): Iterable<Uint8Array> {
        try {
          for (; made < 10_000; made++) yield Buffer.alloc(64 * 1024);
        } finally {
          released.resolve();
        }
      }
      await using server = await serve(counted);
      const { answered, leave } = ask(server);
      await answered;
      await request2(server.connect(), '/version');
      expect(made).to.be.lessThan(1_000);
      leave();
      await released.promise;
    });
  }

  it('that fails half-way is broken off, and the server goes on', async () => {
    function* failing(): Iterable<Uint8Array> {
      yield Buffer.alloc(10);
      yield Buffer.alloc(10);
      throw new Error('no more');
    }
    await using server = await serve(({ path }) =>
      path === '/api' ? failing() : Buffer.from('fine'),
    );
    const failures = await Promise.allSettled([
      server.get('/api'),
      request2(server.connect(), '/api'),
    ]);
    expect(failures.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    expect(server.log.map(({ msg }) => msg)).to.deep.equal([
      'a response broke off',
      'a response broke off',
    ]);
    expect((await server.get('/apis')).body.toString()).to.equal('fine');
  });

  const streams: readonly {
    name: string;
    body: { compressible?: boolean };
    encoding?: string;
    compressed: boolean;
  }[] = [
    {
      name: 'is compressed where it may be',
      body: { compressible: true },
      encoding: 'gzip',
      compressed: true,
    },
    {
      name: 'is not compressed for who does not take it',
      body: { compressible: true },
      compressed: false,
    },
    { name: 'is not compressed otherwise', body: {}, encoding: 'gzip', compressed: false },
  ];
  for (const { name, body, encoding, compressed } of streams)
    it(`of a stream ${name}`, async () => {
      const chunks = [Buffer.from('one\n'), Buffer.alloc(50_000, 'x'), Buffer.from('\nthree\n')];
      await using server = await serve(() => ({
        ...body,
        run: async (sink) => {
          for (const chunk of chunks) void sink.write(chunk);
          await Promise.resolve();
        },
      }));
      const headers: Record<string, string> =
        encoding === undefined ? {} : { 'accept-encoding': encoding };
      for (const answer of [
        await server.get('/api', { headers }),
        await request2(server.connect(), '/api', headers),
      ]) {
        expect(answer.headers['content-encoding']).to.equal(compressed ? 'gzip' : undefined);
        expect(answer.headers['vary']).to.equal(compressed ? 'Accept, Accept-Encoding' : 'Accept');
        const text = compressed ? gunzipSync(answer.body) : answer.body;
        expect(text.equals(Buffer.concat(chunks))).to.equal(true);
      }
    });

  it('of a stream ends when its client goes', async () => {
    const ended = Promise.withResolvers<void>();
    await using server = await serve(() => ({
      run: async (sink, signal) => {
        void sink.write(Buffer.from('one\n'));
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        ended.resolve();
      },
    }));
    const stream = server.connect().request({ ':path': '/api/v1/pods?watch=1' });
    stream.on('error', () => undefined);
    const [first] = (await once(stream, 'data')) as [Buffer];
    expect(first.toString()).to.equal('one\n');
    stream.close(8);
    await ended.promise;
  });

  it('of a stream tells when its client is slow', async () => {
    const seen = Promise.withResolvers<number>();
    await using server = await serve(() => ({
      run: async (sink) => {
        let count = 0;
        while (sink.write(Buffer.alloc(64 * 1024)) === undefined && count < 10_000) count++;
        seen.resolve(count);
        await Promise.resolve();
      },
    }));
    const stream = server.connect().request({ ':path': '/api/v1/pods?watch=1' });
    stream.on('error', () => undefined);
    expect(await seen.promise).to.be.lessThan(1_000);
  });
});
