import type { Guarantee, History, Revision, Violation, WatchRecord, Watched } from './history.ts';
import type { Version, VersionLog } from './version-log.ts';
import { show } from './version-log.ts';

/** Each watcher against everything that happened. */
export function checkWatches(history: History, log: VersionLog): Violation[] {
  return history.watches.flatMap((watched) => {
    const check = new WatchCheck(watched, log);
    for (const record of watched.records) check.take(record);
    check.end();
    return check.violations;
  });
}

type Change = Extract<WatchRecord, { seen: unknown }>;

class WatchCheck {
  readonly violations: Violation[] = [];
  readonly #watcher: string;
  readonly #log: VersionLog;
  /** Everything up to here was delivered, or was not to be. */
  #reached: Revision = 0;
  /** The last bookmark. */
  #marked: Revision = 0;
  #begins: 'fresh' | 'resumed' | undefined;
  readonly #seen = new Set<Revision>();
  readonly #state = new Map<string, Version>();
  /** Keys of which nobody knows whether they are there. */
  readonly #unknown = new Set<string>();

  constructor({ watcher }: Watched, log: VersionLog) {
    this.#watcher = watcher;
    this.#log = log;
  }

  take(record: WatchRecord): void {
    if (record.type === 'begin') this.#begin(record.after, record.resumed);
    else if (record.type === 'listed') this.#reached = Math.max(this.#reached, record.revision);
    else if (record.type === 'bookmark') this.#bookmark(record.revision);
    else this.#change(record);
  }

  /** Watchers wait for the last write: who did not see it was never shown it. */
  end(): void {
    const [missing] = this.#between(this.#reached, Infinity);
    if (missing) this.#report('reliable', `${show(missing)} never came`);
  }

  #begin(after: Revision, resumed: boolean): void {
    this.#begins = resumed ? 'resumed' : 'fresh';
    if (resumed) return;
    this.#reached = after;
    this.#catchUp();
  }

  #bookmark(revision: Revision): void {
    const missing = this.#between(this.#reached, revision);
    if (missing.length > 0)
      this.#report('bookmarkable', `a bookmark at ${revision} came before ${show(missing[0]!)}`);
    if (revision < this.#reached)
      this.#report(
        'bookmarkable',
        `a bookmark at ${revision} came after revision ${this.#reached}`,
      );
    this.#reached = Math.max(this.#reached, revision);
    this.#marked = Math.max(this.#marked, revision);
    this.#catchUp();
  }

  #change({ type, seen }: Change): void {
    const { revision } = seen;
    if (this.#seen.has(revision)) {
      this.#report('unique', `${show(seen)} was delivered twice`);
      return;
    }
    this.#seen.add(revision);
    if (revision <= this.#reached) {
      const marked = revision <= this.#marked ? 'bookmarkable' : 'ordered';
      this.#report(marked, `${show(seen)} came after revision ${this.#reached}`);
      return;
    }
    this.#checkGap(revision);
    this.#checkType(type, seen);
    this.#reached = revision;
    this.#begins = undefined;
    this.#apply({ ...seen, value: type === 'deleted' ? undefined : seen.value });
  }

  #checkGap(revision: Revision): void {
    const missing = this.#between(this.#reached, revision - 1);
    if (missing.length === 0) return;
    const guarantee: Guarantee = this.#begins === 'resumed' ? 'resumable' : 'reliable';
    const where = this.#begins === 'resumed' ? 'a resumed stream' : 'a stream';
    this.#report(guarantee, `${where} came to ${revision} without ${show(missing[0]!)}`);
    for (const version of missing) this.#apply(version);
  }

  /** `added` where there was nothing, `modified` where there was something, `deleted` with what there was. */
  #checkType(type: Change['type'], seen: Version): void {
    if (this.#unknown.delete(seen.key)) return;
    const before = this.#state.get(seen.key);
    const right = type === 'added' ? before === undefined : before !== undefined;
    if (!right)
      this.#report(
        'atomic',
        `${type} ${show(seen)} came when the key was ${before ? show(before) : 'absent'}`,
      );
    if (type === 'deleted' && before && before.value !== seen.value)
      this.#report('atomic', `${show(seen)} was deleted as ${seen.value}, but was ${show(before)}`);
  }

  /** Follows what was skipped without a word, so that it is reported once. */
  #catchUp(): void {
    this.#state.clear();
    for (const [key, version] of this.#log.stateAt(this.#reached)) this.#state.set(key, version);
    this.#unknown.clear();
    for (const key of this.#log.keys) {
      if (this.#log.isUnknown(key, this.#reached)) this.#unknown.add(key);
    }
  }

  #apply(version: Version): void {
    if (version.value === undefined) this.#state.delete(version.key);
    else this.#state.set(version.key, version);
  }

  #between(after: Revision, until: Revision): Version[] {
    return this.#log.all.filter(({ revision }) => revision > after && revision <= until);
  }

  #report(guarantee: Guarantee, message: string): void {
    this.violations.push({ guarantee, message: `watch ${this.#watcher}: ${message}` });
  }
}
