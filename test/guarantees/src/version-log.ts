import type { Range } from './coverage.ts';
import { uncovered } from './coverage.ts';
import type { History, Operation, Revision, Seen, Violation } from './history.ts';

/** One change of one key. */
export interface Version {
  readonly key: string;
  readonly revision: Revision;
  /** Undefined for a deletion. */
  readonly value: string | undefined;
}

/** From a revision up to and without another one. */
export interface Span {
  readonly from: Revision;
  readonly until: Revision;
  /** What the key was in the meantime; undefined when it was absent. */
  readonly version: Version | undefined;
  /** Whether nobody knows what it was: then any answer may be true. */
  readonly unknown?: boolean;
}

/**
 * Every change there was, in the order of revisions: what writers were told, and what anybody was shown. Where two sources
 * say different things about a revision, one of them is wrong.
 */
export class VersionLog {
  readonly #versions = new Map<Revision, Version>();
  readonly #byKey = new Map<string, Version[]>();
  /** In the order of revisions. */
  readonly all: readonly Version[];
  readonly #holes: readonly Range[];

  constructor(history: History, violations: Violation[]) {
    this.#holes = uncovered(history.watches, history.start);
    for (const watched of history.watches) {
      for (const record of watched.records) {
        if (!('seen' in record)) continue;
        const { key, revision, value } = record.seen;
        const version = { key, revision, value: record.type === 'deleted' ? undefined : value };
        this.#add(version, `watch ${watched.watcher}`, violations);
      }
    }
    for (const operation of history.operations) this.#addSeen(operation, violations);
    this.all = [...this.#versions.values()].toSorted((a, b) => a.revision - b.revision);
    for (const version of this.all) {
      const versions = this.#byKey.get(version.key);
      if (versions) versions.push(version);
      else this.#byKey.set(version.key, [version]);
    }
  }

  at(revision: Revision): Version | undefined {
    return this.#versions.get(revision);
  }

  get keys(): Iterable<string> {
    return this.#byKey.keys();
  }

  /** What a key was over all of time. From where nobody watched until it is seen again, it may have been anything. */
  spansOf(key: string): Span[] {
    const versions = this.#byKey.get(key) ?? [];
    const first = versions[0]?.revision ?? Infinity;
    const spans: Span[] = this.#withUnknown({ from: 0, until: first, version: undefined });
    for (const [i, version] of versions.entries()) {
      const { revision: from, value } = version;
      const until = versions[i + 1]?.revision ?? Infinity;
      spans.push(
        ...this.#withUnknown({ from, until, version: value === undefined ? undefined : version }),
      );
    }
    return spans;
  }

  /** Whether nobody knows what a key was at a revision. */
  isUnknown(key: string, at: Revision): boolean {
    return this.spansOf(key).some(
      ({ from, until, unknown }) => unknown && from <= at && at < until,
    );
  }

  #withUnknown(span: Span): Span[] {
    const hole = this.#holes.find(({ from, to }) => to > span.from && from + 1 < span.until);
    if (!hole) return [span];
    const from = Math.max(hole.from + 1, span.from + 1);
    return from < span.until
      ? [span, { ...span, from, version: undefined, unknown: true }]
      : [span];
  }

  /** What was there at a revision. */
  stateAt(revision: Revision): Map<string, Version> {
    const state = new Map<string, Version>();
    for (const version of this.all) {
      if (version.revision > revision) break;
      if (version.value === undefined) state.delete(version.key);
      else state.set(version.key, version);
    }
    return state;
  }

  #addSeen({ id, verb, key, value, outcome }: Operation, violations: Violation[]): void {
    const add = (seen: Seen) => this.#add(seen, `${verb} ${id}`, violations);
    if (outcome.type === 'written') add({ key: key!, value: value!, revision: outcome.revision });
    if (outcome.type === 'found') add(outcome.seen);
    if (outcome.type === 'listed') outcome.items.forEach(add);
  }

  #add(version: Version, source: string, violations: Violation[]): void {
    const known = this.#versions.get(version.revision);
    if (!known) {
      this.#versions.set(version.revision, version);
      return;
    }
    if (known.key === version.key && known.value === version.value) return;
    violations.push({
      guarantee: 'atomic',
      message: `${source} saw ${show(version)}, and others saw ${show(known)}`,
    });
  }
}

export function show({ key, value, revision }: Version): string {
  return `${key}${value === undefined ? ' deleted' : `=${value}`} at revision ${revision}`;
}
