import { Agent, request, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import type { RunningServer } from './running-server.ts';

export interface Answer {
  readonly code: number;
  readonly text: string;
}

/** What a watch says. */
export interface WatchLine {
  readonly type: string;
  readonly object: ApiObject;
}

export interface ApiObject {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
}

/** Plain requests to one server as its administrator: what comes back is seen as it is. */
export class ApiClient implements Disposable {
  readonly #url: string;
  readonly #options: RequestOptions;
  readonly #agent: Agent;

  private constructor(url: string, options: RequestOptions) {
    this.#url = url;
    this.#options = options;
    const { ca, cert, key } = options;
    this.#agent = new Agent({ keepAlive: true, ca, cert, key });
  }

  static async of({ url, kubeConfig }: RunningServer): Promise<ApiClient> {
    const options: RequestOptions = {};
    await kubeConfig?.applyToHTTPSOptions(options);
    return new ApiClient(url, options);
  }

  async get(path: string): Promise<Answer> {
    return await this.#send('GET', path);
  }

  async post(path: string, body: object): Promise<Answer> {
    return await this.#send('POST', path, body);
  }

  async put(path: string, body: object): Promise<Answer> {
    return await this.#send('PUT', path, body);
  }

  async delete(path: string): Promise<Answer> {
    return await this.#send('DELETE', path);
  }

  /** The lines of a watch until the server ends it. */
  async *watch(path: string): AsyncGenerator<WatchLine> {
    const response = await this.#open('GET', path);
    try {
      for await (const line of createInterface({ input: response })) yield JSON.parse(line);
    } finally {
      response.destroy();
    }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }

  async #send(method: string, path: string, body?: object): Promise<Answer> {
    const response = await this.#open(method, path, body);
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return { code: response.statusCode ?? 0, text };
  }

  #open(method: string, path: string, body?: object): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const { ca, cert, key } = this.#options;
      const options = { method, headers, ca, cert, key, agent: this.#agent };
      request(this.#url + path, options, resolve)
        .on('error', reject)
        .end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}
