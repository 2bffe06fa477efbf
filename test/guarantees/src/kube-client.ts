import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';

export interface Answer {
  readonly status: number;
  readonly body: KubeObject;
}

/** As much of an object, a list or a Status as anybody here looks at. */
export interface KubeObject {
  readonly kind?: string;
  readonly message?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly continue?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly items?: readonly KubeObject[];
}

export interface WatchLine {
  readonly type: string;
  readonly object: KubeObject;
}

export interface Call {
  readonly method?: string;
  readonly path: string;
  readonly body?: object;
  readonly contentType?: string;
}

export interface ClientOptions {
  /** How long an answer may take. */
  readonly answerWithinMs?: number;
}

/** A client of an API server as a kubeconfig describes it, on connections that can be cut. */
export class KubeClient implements Disposable {
  readonly #agent: Agent;
  readonly #server: string;
  readonly #answerWithinMs: number;
  readonly #headers: Readonly<Record<string, string>> | undefined;

  static async fromFile(
    kubeconfig: string,
    { answerWithinMs = 10_000 }: ClientOptions = {},
  ): Promise<KubeClient> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const cluster = config.getCurrentCluster();
    if (!cluster) throw new Error(`${kubeconfig} names no cluster`);
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return new KubeClient(cluster.server, options, answerWithinMs);
  }

  private constructor(server: string, options: RequestOptions, answerWithinMs: number) {
    this.#answerWithinMs = answerWithinMs;
    const { ca, cert, key, headers } = options;
    this.#server = server;
    this.#headers = headers as Readonly<Record<string, string>> | undefined;
    this.#agent = new Agent({ ca, cert, key, keepAlive: true });
  }

  /** Throws when there is no answer: whether anything was done is then not known. */
  async ask(call: Call): Promise<Answer> {
    const response = await this.#send(call, AbortSignal.timeout(this.#answerWithinMs));
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    return { status: response.statusCode ?? 0, body: text === '' ? {} : JSON.parse(text) };
  }

  /** The lines of a watch until it ends. Throws as its connection breaks. */
  async *watch(path: string, signal: AbortSignal): AsyncGenerator<WatchLine> {
    const response = await this.#send({ path }, signal);
    let rest = '';
    response.setEncoding('utf8');
    for await (const chunk of response) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line !== '') yield response.statusCode === 200 ? JSON.parse(line) : refusal(line);
      }
    }
    if (rest !== '') yield refusal(rest);
  }

  /** Breaks all connections, whatever is under way on them. */
  cutConnections(): void {
    for (const sockets of Object.values(this.#agent.sockets)) {
      for (const socket of sockets ?? []) socket.destroy();
    }
  }

  [Symbol.dispose](): void {
    this.cutConnections();
    this.#agent.destroy();
  }

  #send({ method = 'GET', path, body, contentType }: Call, signal: AbortSignal) {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const text = body === undefined ? undefined : JSON.stringify(body);
    const sent = request(`${this.#server}${path}`, {
      method,
      agent: this.#agent,
      signal,
      headers: {
        ...this.#headers,
        accept: 'application/json',
        ...(text === undefined
          ? {}
          : {
              'content-type': contentType ?? 'application/json',
              'content-length': Buffer.byteLength(text),
            }),
      },
    });
    sent.once('response', resolve).once('error', reject).end(text);
    return promise;
  }
}

/** A watch that is refused is answered with a Status. */
function refusal(text: string): WatchLine {
  return { type: 'ERROR', object: JSON.parse(text) };
}
