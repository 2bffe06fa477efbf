import { connect, constants, type ClientHttp2Session } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { systemClock } from '@keelson/api-machinery';
import { pino } from 'pino';
import { ApiServer } from '../api-server.ts';
import type { ServerOptions } from '../server-options.ts';
import { createTestAuthority, type TestAuthority, type TestCertificate } from './test-pki.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly client?: TestCertificate;
}

let authority: Promise<TestAuthority> | undefined;
/** One for all tests: making keys takes time. */
export const testAuthority = (): Promise<TestAuthority> => (authority ??= createTestAuthority());

export type TestServer = Awaited<ReturnType<typeof openTestServer>>;

/** What a server says of itself in its log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** A server that lets everybody in and answers everything with `ok`, unless told otherwise. */
export async function openTestServer(options: Partial<ServerOptions> = {}) {
  const ca = await testAuthority();
  const log: LogLine[] = [];
  const serving = await ca.serving('localhost');
  const server = new ApiServer({
    tls: { ...serving, clientCA: ca.cert },
    authenticate: () => Promise.resolve({ name: 'tester', groups: ['system:authenticated'] }),
    authorize: () => Promise.resolve({ verdict: 'allow' }),
    api: () => Promise.resolve({ status: 200, headers: {}, body: Buffer.from('ok') }),
    healthChecks: [],
    version: { major: '1' },
    paths: () => ['/api'],
    clock: systemClock,
    logger: pino({}, { write: (line: string) => void log.push(JSON.parse(line) as LogLine) }),
    requestTimeoutSeconds: 20,
    ...options,
  });
  const running = await server.listen(0, '127.0.0.1');
  const origin = `https://localhost:${running.port}`;
  const sessions: ClientHttp2Session[] = [];
  return {
    ...running,
    log,
    origin,
    /** One request over HTTP/1.1, on a connection of its own. */
    get: (path: string, call: Call = {}): Promise<Answer> => request1(origin, path, ca.cert, call),
    /** An HTTP/2 connection. */
    connect: (client?: TestCertificate): ClientHttp2Session => {
      const session = connect(origin, { ca: ca.cert, lookup: toLoopback, ...client });
      session.on('error', () => undefined);
      sessions.push(session);
      return session;
    },
    [Symbol.asyncDispose]: async () => {
      for (const session of sessions) session.destroy();
      await running.close();
    },
  };
}

/** `localhost` is IPv4 here, whatever the machine says. */
const toLoopback = (
  _host: string,
  _options: object,
  done: (error: null, address: { address: string; family: number }[]) => void,
): void => done(null, [{ address: '127.0.0.1', family: 4 }]);

function request1(
  origin: string,
  path: string,
  ca: string,
  { method = 'GET', headers = {}, body, client }: Call,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      origin,
      { path, method, headers, ca, agent: false, lookup: toLoopback, ...client },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** One request on an HTTP/2 connection. */
export function request2(
  session: ClientHttp2Session,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ':path': path, ...headers });
    const chunks: Buffer[] = [];
    let head: Answer['headers'] = {};
    stream.on('response', (got) => (head = got as Answer['headers']));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', reject);
    stream.on('close', () => {
      if (stream.rstCode === constants.NGHTTP2_NO_ERROR)
        resolve({ status: Number(head[':status']), headers: head, body: Buffer.concat(chunks) });
      else reject(new Error(`the stream was reset: ${stream.rstCode}`));
    });
    stream.end();
  });
}
