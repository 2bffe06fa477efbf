import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { JsonValue } from '@keelson/api-machinery';
import { parseYaml } from '@keelson/serialization';
import { isObject, valueAt } from './json.ts';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly type?: string;
  readonly body?: JsonValue;
  /** What is sent instead of the body's own JSON. */
  readonly text?: string;
}

export interface Answer {
  readonly status: number;
  readonly body: JsonValue;
  readonly warnings: readonly string[];
}

/** For a server that closes the connection instead of answering: kube-apiserver does when it panics. */
const hungUp: Answer = { status: 0, body: 'no answer', warnings: [] };

/** One server, as the first user of a kubeconfig. */
export class Server {
  readonly #url: URL;
  readonly #agent: https.Agent;

  constructor(kubeconfig: string) {
    const config = parseYaml(readFileSync(kubeconfig));
    const cluster = firstOf(config, 'clusters', 'cluster');
    const user = firstOf(config, 'users', 'user');
    this.#url = new URL(textAt(cluster, 'server'));
    this.#agent = new https.Agent({
      keepAlive: true,
      maxSockets: 1,
      ca: fileOf(cluster, 'certificate-authority'),
      cert: fileOf(user, 'client-certificate'),
      key: fileOf(user, 'client-key'),
    });
  }

  send({ method, path, type = 'application/json', body, text: sent }: Request): Promise<Answer> {
    const text = sent ?? (body === undefined ? '' : JSON.stringify(body));
    const headers = {
      accept: 'application/json',
      ...(text === '' ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(text) }),
    };
    const { hostname, port } = this.#url;
    return new Promise((resolve, reject) => {
      const options = { hostname, port, path, method, headers, agent: this.#agent };
      const request = https.request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: parsed(Buffer.concat(chunks).toString()),
            warnings: [response.headers['warning'] ?? []].flat(),
          }),
        );
      });
      request.setTimeout(30_000, () => request.destroy(new Error('no answer within 30 s')));
      request.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' ? resolve(hungUp) : reject(error),
      );
      request.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function firstOf(config: JsonValue, list: string, name: string): JsonValue {
  const items = valueAt(config, list);
  const item = Array.isArray(items) ? items[0] : undefined;
  const found = isObject(item) ? item[name] : undefined;
  if (found === undefined) throw new Error(`the kubeconfig has no ${list}`);
  return found;
}

function textAt(entry: JsonValue, name: string): string {
  const text = valueAt(entry, name);
  if (typeof text !== 'string') throw new Error(`the kubeconfig has no ${name}`);
  return text;
}

/** What is in a file, or stands in the kubeconfig itself. */
function fileOf(entry: JsonValue, name: string): Buffer {
  const data = valueAt(entry, `${name}-data`);
  return typeof data === 'string' ? Buffer.from(data, 'base64') : readFileSync(textAt(entry, name));
}
