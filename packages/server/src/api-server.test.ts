import { once } from 'node:events';
import { connect as tlsConnect } from 'node:tls';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Credentials } from '@keelson/authentication';
import { createTestAuthority } from './testing/test-pki.ts';
import { openTestServer, request2, testAuthority } from './testing/test-server.ts';

describe('connections', () => {
  it('speaks HTTP/2 and HTTP/1.1 on one port', async () => {
    await using server = await openTestServer();
    expect((await server.get('/api')).body.toString()).to.equal('ok');
    expect((await request2(server.connect(), '/api')).body.toString()).to.equal('ok');
  });

  it('refuses TLS older than 1.2', async () => {
    await using server = await openTestServer();
    const socket = tlsConnect({
      port: server.port,
      host: '127.0.0.1',
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
      rejectUnauthorized: false,
    });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).to.match(/protocol version|unsupported protocol|no protocols/i);
  });

  it('shows another certificate to who asks for another name', async () => {
    const other = await (await testAuthority()).serving('other.test');
    const own = await (await testAuthority()).serving('localhost');
    await using server = await openTestServer({
      tls: { ...own, byServerName: [{ names: ['other.test'], ...other }] },
    });
    const namesFor = async (servername: string): Promise<string | undefined> => {
      const socket = tlsConnect({
        port: server.port,
        host: '127.0.0.1',
        servername,
        rejectUnauthorized: false,
      });
      await once(socket, 'secureConnect');
      const { subjectaltname } = socket.getPeerCertificate();
      socket.destroy();
      return subjectaltname;
    };
    expect([await namesFor('other.test'), await namesFor('localhost')]).to.deep.equal([
      'DNS:other.test',
      'DNS:localhost',
    ]);
  });

  const clients: readonly {
    name: string;
    client: () => Promise<{ cert: string; key: string } | undefined>;
    expected: object | undefined;
  }[] = [
    {
      name: 'gives a certificate of the client CA to the authenticator',
      client: async () => (await testAuthority()).client('O=g1, O=g2, CN=jane'),
      expected: { CN: 'jane', O: ['g1', 'g2'], trusted: true },
    },
    {
      name: 'marks a certificate of another CA',
      client: async () => (await createTestAuthority()).client('O=system:masters, CN=mallory'),
      expected: { CN: 'mallory', O: 'system:masters', trusted: false },
    },
    {
      name: 'marks a certificate that is for servers',
      client: async () => (await testAuthority()).serving('x'),
      expected: { CN: 'test-server', O: undefined, trusted: false },
    },
    {
      name: 'does without a certificate',
      client: () => Promise.resolve(undefined),
      expected: undefined,
    },
  ];
  for (const { name, client, expected } of clients) {
    for (const protocol of ['HTTP/1.1', 'HTTP/2']) {
      it(`${name} on ${protocol}`, async () => {
        const seen: Credentials[] = [];
        await using server = await openTestServer({
          authenticate: (credentials) => {
            seen.push(credentials);
            return Promise.resolve({ name: 'x', groups: [] });
          },
        });
        const certificate = await client();
        if (protocol === 'HTTP/2') await request2(server.connect(certificate), '/api');
        else await server.get('/api', certificate === undefined ? {} : { client: certificate });
        const shown = seen[0]?.certificate;
        expect(
          shown && { CN: shown.subject.CN, O: shown.subject.O, trusted: shown.trusted },
        ).to.deep.equal(expected);
      });
    }
  }

  it('gives who is nobody one request per HTTP/2 connection', async () => {
    await using server = await openTestServer({
      authenticate: () =>
        Promise.resolve({ name: 'system:anonymous', groups: ['system:unauthenticated'] }),
    });
    const session = server.connect();
    const gone = once(session, 'close');
    expect((await request2(session, '/api')).status).to.equal(200);
    await gone;
    expect(session.closed).to.equal(true);
  });
});
