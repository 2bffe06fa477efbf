import { setTimeout as pause } from 'node:timers/promises';
import type { Revision, WatchRecord } from './history.ts';
import type { KubeClient, WatchLine } from './kube-client.ts';
import type { Recorder } from './recorder.ts';
import { isOurs, seenOf } from './recorder.ts';

export interface WatcherOptions {
  readonly client: KubeClient;
  readonly recorder: Recorder;
  readonly path: string;
  readonly after: Revision;
  /** Gives up. */
  readonly signal: AbortSignal;
}

/** Its arrival ends the watches. */
export const lastKey = 'last';
const restMs = 30;
/** Short, so that streams end by themselves and are resumed, too. */
const streamSeconds = 7;

/** Follows all changes, over as many streams as it takes; resolves when the last one came, or when it is given up. */
export async function follow(name: string, options: WatcherOptions): Promise<void> {
  const records = options.recorder.watch(name);
  let reached: Revision | undefined = options.after;
  let resumed = false;
  while (!options.signal.aborted) {
    if (reached === undefined) {
      const listed = await list(options);
      // What the list shows is not shown by a watch that begins there.
      if (listed?.hasLast) {
        records.push({ type: 'listed', revision: listed.revision });
        return;
      }
      reached = listed?.revision;
      continue;
    }
    records.push({ type: 'begin', after: reached, resumed });
    const ended = await readStream(records, reached, options);
    if (ended === 'done') return;
    resumed = ended !== 'expired';
    reached = ended === 'expired' ? undefined : ended;
    await pause(restMs);
  }
}

/** Where the stream came to; `expired` when the server no longer knows what followed. */
async function readStream(
  records: WatchRecord[],
  after: Revision,
  { client, path, signal }: WatcherOptions,
): Promise<Revision | 'done' | 'expired'> {
  let reached = after;
  const query = `watch=1&allowWatchBookmarks=true&timeoutSeconds=${streamSeconds}&resourceVersion=${after}`;
  try {
    for await (const line of client.watch(`${path}?${query}`, signal)) {
      if (line.type === 'ERROR') return isExpired(line) ? 'expired' : reached;
      reached = Number(line.object.metadata?.resourceVersion);
      const record = recordOf(line);
      if (!record) continue;
      records.push(record);
      if ('seen' in record && record.seen.key === lastKey) return 'done';
    }
  } catch {
    // The connection broke, or there is no server: it is resumed where it was.
  }
  return reached;
}

function recordOf({ type, object }: WatchLine): WatchRecord | undefined {
  if (type === 'BOOKMARK') {
    return { type: 'bookmark', revision: Number(object.metadata?.resourceVersion) };
  }
  if (!isOurs(object)) return undefined;
  const kind = type.toLowerCase();
  if (kind !== 'added' && kind !== 'modified' && kind !== 'deleted') {
    throw new Error(`an event of type ${type}`);
  }
  return { type: kind, seen: seenOf(object), received: performance.now() };
}

function isExpired({ object }: WatchLine): boolean {
  return 'code' in object && object.code === 410;
}

async function list({
  client,
  path,
}: WatcherOptions): Promise<{ revision: Revision; hasLast: boolean } | undefined> {
  try {
    const { status, body } = await client.ask({ path });
    if (status === 200) {
      const hasLast = body.items?.some((item) => seenOf(item).key === lastKey) ?? false;
      return { revision: Number(body.metadata?.resourceVersion), hasLast };
    }
  } catch {
    // No server at the moment.
  }
  await pause(restMs);
  return undefined;
}
