import { once } from 'node:events';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { openTestServer, request2 } from './testing/test-server.ts';

describe('a server that stops', () => {
  it('is not ready first, and still serves', async () => {
    await using server = await openTestServer();
    expect((await server.get('/readyz')).status).to.equal(200);
    server.leave();
    expect((await server.get('/readyz')).body.toString()).to.equal(
      '[+]ping ok\n[-]shutdown failed: reason withheld\nreadyz check failed\n',
    );
    expect([(await server.get('/livez')).status, (await server.get('/api')).status]).to.deep.equal([
      200, 200,
    ]);
  });

  it('lets requests finish, refuses new ones, and ends streams after the last write', async () => {
    const order: string[] = [];
    const write = Promise.withResolvers<void>();
    const writing = Promise.withResolvers<void>();
    const watching = Promise.withResolvers<void>();
    const server = await openTestServer({
      api: async ({ method, info }) => {
        if (method === 'POST') {
          writing.resolve();
          await write.promise;
          order.push('write');
          return { status: 201, headers: {}, body: Buffer.from('written') };
        }
        if (info.verb !== 'watch') return { status: 200, headers: {}, body: Buffer.from('ok') };
        return {
          status: 200,
          headers: {},
          body: {
            run: async (sink, signal) => {
              void sink.write(Buffer.from('event\n'));
              watching.resolve();
              await new Promise((resolve) => signal.addEventListener('abort', resolve));
              order.push('watch');
            },
          },
        };
      },
    });
    const session = server.connect();
    const watch = request2(session, '/api/v1/pods?watch=1');
    await watching.promise;
    const post = server.get('/api', { method: 'POST' });
    await writing.promise;
    const closed = server.close();
    const refused = await server.get('/api').then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(refused).to.equal('ECONNREFUSED');
    write.resolve();
    expect((await post).body.toString()).to.equal('written');
    expect((await watch).body.toString()).to.equal('event\n');
    await closed;
    expect(order).to.deep.equal(['write', 'watch']);
  });

  it('answers 503 to what still comes on an open connection', async () => {
    const running = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const server = await openTestServer({
      api: async () => {
        running.resolve();
        await release.promise;
        return { status: 200, headers: {}, body: undefined };
      },
    });
    const { connect } = await import('node:tls');
    const socket = connect({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const session = server.connect();
    const slow = request2(session, '/api');
    await running.promise;
    // A request whose head began before the server stopped listening.
    socket.write('GET /version HTTP/1.1\r\n');
    await request2(server.connect(), '/version');
    const closed = server.close();
    socket.write('host: localhost\r\n\r\n');
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(data.toString())
      .to.match(/^HTTP\/1.1 503 /)
      .and.match(/retry-after: 1/i)
      .and.match(/connection: close/i);
    release.resolve();
    expect((await slow).status).to.equal(200);
    await closed;
  });
});
