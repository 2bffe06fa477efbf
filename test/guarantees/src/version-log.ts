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

  constructor(history: History, violations: Violation[]) {
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

  /** What a key was over all of time. */
  spansOf(key: string): Span[] {
    const versions = this.#byKey.get(key) ?? [];
    const spans: Span[] = [
      { from: 0, until: versions[0]?.revision ?? Infinity, version: undefined },
    ];
    for (const [i, version] of versions.entries()) {
      const until = versions[i + 1]?.revision ?? Infinity;
      spans.push({
        from: version.revision,
        until,
        version: version.value === undefined ? undefined : version,
      });
    }
    return spans;
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
