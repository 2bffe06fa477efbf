import type { Operation, Outcome, Seen, Watched, WatchRecord } from './history.ts';
import type { KubeObject } from './kube-client.ts';

/** Collects what clients do and are told. */
export class Recorder {
  readonly operations: Operation[] = [];
  readonly watches: Watched[] = [];
  #count = 0;

  /** Runs one request and notes when it was made, when it was answered, and what the answer means. */
  async operation(
    what: Pick<Operation, 'verb' | 'key' | 'value' | 'expected'>,
    run: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const id = String(++this.#count);
    const called = performance.now();
    let outcome: Outcome;
    try {
      outcome = await run();
    } catch (error) {
      outcome = { type: 'unknown', reason: error instanceof Error ? error.message : String(error) };
    }
    const returned = outcome.type === 'unknown' ? undefined : performance.now();
    this.operations.push({ id, ...what, called, returned, outcome });
    return outcome;
  }

  watch(watcher: string): WatchRecord[] {
    const records: WatchRecord[] = [];
    this.watches.push({ watcher, records });
    return records;
  }
}

/** Config maps of ours begin so: others in the namespace are somebody else's. */
const mark = 'g-';

export function isOurs({ metadata }: KubeObject): boolean {
  return metadata?.name?.startsWith(mark) === true;
}

export function nameOf(key: string): string {
  return mark + key;
}

export function seenOf({ metadata, data }: KubeObject): Seen {
  return {
    key: metadata?.name?.slice(mark.length) ?? '',
    value: data?.['value'] ?? '',
    revision: Number(metadata?.resourceVersion),
  };
}
