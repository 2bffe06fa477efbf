import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '@keelson/storage-backend/testing';
import type { Outcome, Revision, Seen } from './history.ts';
import type { Answer, Call, KubeClient, KubeObject } from './kube-client.ts';
import type { Recorder } from './recorder.ts';
import { isOurs, nameOf, seenOf } from './recorder.ts';

export interface ClientOptions {
  readonly client: KubeClient;
  readonly recorder: Recorder;
  readonly random: Random;
  /** `/api/v1/namespaces/<name>/configmaps` */
  readonly path: string;
  readonly keys: readonly string[];
  readonly signal: AbortSignal;
}

/** How long a client waits that got no answer. */
const restMs = 30;
/** Small, so that lists have several pages. */
const pageSize = 2;

/** One client that creates, replaces, patches, deletes, reads and lists, one request after the other. */
export class Client {
  readonly #options: ClientOptions;
  readonly #name: string;
  /** What the client last knew of each key, which may be old. */
  readonly #known = new Map<string, Seen>();
  #values = 0;

  constructor(name: string, options: ClientOptions) {
    this.#name = name;
    this.#options = options;
  }

  async run(): Promise<void> {
    while (!this.#options.signal.aborted) {
      const outcome = await this.#step();
      if (outcome.type === 'unknown') await pause(restMs);
    }
  }

  #step(): Promise<Outcome> {
    const { random, keys } = this.#options;
    const dice = random.below(100);
    const key = random.pick(keys);
    if (dice < 20) return this.#get(key);
    if (dice < 40) return this.create(key);
    if (dice < 58) return this.#update(key);
    if (dice < 72) return this.#patch(key);
    if (dice < 84) return this.#delete(key);
    if (dice < 92) return this.#list('');
    return dice < 97 ? this.#list(`?limit=${pageSize}`) : this.#list('?resourceVersion=0');
  }

  async create(key: string): Promise<Outcome> {
    const value = this.#value();
    const { recorder, path } = this.#options;
    return await recorder.operation({ verb: 'create', key, value }, async () =>
      this.#written(await this.#ask({ method: 'POST', path, body: bodyOf(key, value) })),
    );
  }

  async #update(key: string): Promise<Outcome> {
    const known = this.#known.get(key);
    if (!known) return await this.#get(key);
    const value = this.#value();
    const body = bodyOf(key, value, known.revision);
    return await this.#options.recorder.operation(
      { verb: 'update', key, value, expected: known.revision },
      async () => this.#written(await this.#ask({ method: 'PUT', path: this.#pathOf(key), body })),
    );
  }

  async #patch(key: string): Promise<Outcome> {
    const value = this.#value();
    const call = {
      method: 'PATCH',
      path: this.#pathOf(key),
      body: { data: { value } },
      contentType: 'application/merge-patch+json',
    };
    return await this.#options.recorder.operation({ verb: 'patch', key, value }, async () =>
      this.#written(await this.#ask(call)),
    );
  }

  async #delete(key: string): Promise<Outcome> {
    const known = this.#known.get(key);
    if (!known) return await this.#get(key);
    const body = { preconditions: { resourceVersion: String(known.revision) } };
    return await this.#options.recorder.operation(
      { verb: 'delete', key, expected: known.revision },
      async () => {
        const answer = await this.#ask({ method: 'DELETE', path: this.#pathOf(key), body });
        return answer.status < 300 ? { type: 'deleted' } : refusalOf(answer);
      },
    );
  }

  async #get(key: string): Promise<Outcome> {
    return await this.#options.recorder.operation({ verb: 'get', key }, async () => {
      const answer = await this.#ask({ path: this.#pathOf(key) });
      if (answer.status !== 200) return refusalOf(answer);
      const seen = seenOf(answer.body);
      this.#known.set(key, seen);
      return { type: 'found', seen };
    });
  }

  /** All pages are one list: they are of one revision. */
  async #list(query: string): Promise<Outcome> {
    const { recorder, path } = this.#options;
    return await recorder.operation({ verb: 'list' }, async () => {
      const items: KubeObject[] = [];
      let revision: Revision | undefined;
      for (let more = query; ;) {
        const answer = await this.#ask({ path: path + more });
        if (answer.status !== 200) return refusalOf(answer);
        const { metadata } = answer.body;
        items.push(...(answer.body.items ?? []));
        revision ??= Number(metadata?.resourceVersion);
        if (revision !== Number(metadata?.resourceVersion))
          throw new Error('pages of two revisions');
        if (!metadata?.continue) break;
        more = `?limit=${pageSize}&continue=${encodeURIComponent(metadata.continue)}`;
      }
      const any = query.includes('resourceVersion=0');
      return { type: 'listed', revision, items: items.filter(isOurs).map(seenOf), any };
    });
  }

  async #ask(call: Call): Promise<Answer> {
    return await this.#options.client.ask(call);
  }

  #written(answer: Answer): Outcome {
    if (answer.status >= 300) return refusalOf(answer);
    const seen = seenOf(answer.body);
    this.#known.set(seen.key, seen);
    return { type: 'written', revision: seen.revision };
  }

  #value(): string {
    return `${this.#name}-${++this.#values}`;
  }

  #pathOf(key: string): string {
    return `${this.#options.path}/${nameOf(key)}`;
  }
}

function bodyOf(key: string, value: string, resourceVersion?: Revision): object {
  const version = resourceVersion === undefined ? {} : { resourceVersion: String(resourceVersion) };
  return { metadata: { name: nameOf(key), ...version }, data: { value } };
}

function refusalOf({ status, body }: Answer): Outcome {
  if (status === 404) return { type: 'absent' };
  if (status === 409) return { type: 'conflict' };
  return { type: 'unknown', reason: `${status} ${body.message}` };
}
