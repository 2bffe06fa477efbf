import { once } from 'node:events';
import { connect as tlsConnect } from 'node:tls';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  endHeaders,
  endStream,
  flood,
  frame,
  frames,
  getApi,
  openRawConnection,
} from '../testing/frames.ts';
import { openTestServer, request2, testAuthority } from '../testing/test-server.ts';
import { createTlsServer } from './secure-server.ts';

const enough = 200_000;

describe('a hostile client', () => {
  const floods: readonly { name: string; first?: Buffer; next: (index: number) => Buffer }[] = [
    {
      name: 'that opens and resets streams',
      next: (index) =>
        Buffer.concat([
          frame(frames.headers, endHeaders | endStream, index * 2 + 1, getApi),
          frame(frames.rstStream, 0, index * 2 + 1, Buffer.from([0, 0, 0, 8])),
        ]),
    },
    {
      name: 'that never ends its headers',
      first: frame(frames.headers, 0, 1, getApi),
      next: () => frame(frames.continuation, 0, 1, Buffer.alloc(1024, 0x82)),
    },
    {
      name: 'that never ends its headers and sends nothing',
      first: frame(frames.headers, 0, 1, getApi),
      next: () => frame(frames.continuation, 0, 1),
    },
    {
      name: 'that opens more streams than it may',
      next: (index) => frame(frames.headers, endHeaders, index * 2 + 1, getApi),
    },
    {
      name: 'that sends frames for streams that are not',
      next: (index) => frame(frames.data, 0, index * 2 + 1, Buffer.from('x')),
    },
    {
      name: 'that sends settings that are none',
      next: () => frame(frames.settings, 0, 0, Buffer.alloc(5)),
    },
  ];
  for (const { name, first, next } of floods) {
    it(`${name} is sent away, and others are served`, async () => {
      await using server = await openTestServer({ api: () => new Promise<never>(() => undefined) });
      const socket = await openRawConnection(server.port);
      if (first !== undefined) socket.write(first);
      expect(await flood(socket, next, enough)).to.be.lessThan(enough);
      expect((await request2(server.connect(), '/version')).status).to.equal(200);
      socket.destroy();
    });
  }

  it('does not get more headers in than fit, on HTTP/1.1', async () => {
    await using server = await openTestServer();
    const answer = await server
      .get('/api', { headers: { large: 'x'.repeat(1_100_000) } })
      .catch((error: NodeJS.ErrnoException) => ({ status: error.code }));
    expect(answer.status).to.be.oneOf([431, 'EPIPE', 'ECONNRESET']);
  });

  for (const lines of [
    'content-length: 5\r\ntransfer-encoding: chunked',
    'content-length: 5\r\ncontent-length: 6',
    'transfer-encoding: chunked, identity',
    'bad header: x',
    ' folded: x',
  ]) {
    it(`does not smuggle a second request in behind ${JSON.stringify(lines)}`, async () => {
      let calls = 0;
      await using server = await openTestServer({
        api: () => {
          calls++;
          return Promise.resolve({ status: 200, headers: {}, body: undefined });
        },
      });
      const socket = tlsConnect({
        port: server.port,
        host: '127.0.0.1',
        rejectUnauthorized: false,
        ALPNProtocols: ['http/1.1'],
      });
      socket.on('error', () => undefined);
      socket.write(
        `POST /api HTTP/1.1\r\nhost: localhost\r\n${lines}\r\n\r\n0\r\n\r\nGET /api HTTP/1.1\r\nhost: localhost\r\n\r\n`,
      );
      const [data] = (await once(socket, 'data')) as [Buffer];
      expect(data.toString()).to.match(/^HTTP\/1.1 400 /);
      await once(socket, 'close');
      expect(calls).to.equal(0);
    });
  }
});

describe('the limits of a server', () => {
  it('reach Node', async () => {
    const serving = await (await testAuthority()).serving('localhost');
    const options = { tls: serving, requestTimeoutSeconds: 60 } as Parameters<
      typeof createTlsServer
    >[0];
    const { headersTimeout, requestTimeout, keepAliveTimeout } = createTlsServer(
      options,
      () => undefined,
    ) as unknown as Record<string, number>;
    expect({ headersTimeout, requestTimeout, keepAliveTimeout }).to.deep.equal({
      headersTimeout: 32_000,
      requestTimeout: 65_000,
      keepAliveTimeout: 90_000,
    });
  });

  it('are told to HTTP/2 clients', async () => {
    await using server = await openTestServer({ maxStreamsPerConnection: 250 });
    const session = server.connect();
    await once(session, 'remoteSettings');
    expect(session.remoteSettings).to.include({
      maxConcurrentStreams: 250,
      maxHeaderListSize: 1024 * 1024,
      initialWindowSize: 256 * 1024,
    });
  });
});
