import type { History, Operation, Revision, Violation } from './history.ts';
import type { Span, Version, VersionLog } from './version-log.ts';
import { show } from './version-log.ts';

/**
 * Strict serializability. The server's revisions say in which order writes took effect; so each operation has a set of places
 * in that order at which its answer was true (a write: its revision; a read: as long as what it saw was there). Whoever
 * began after another one had its answer must find a place that is not before the other's.
 *
 * The earliest place is the best for everybody who comes later, so one pass in the order of calls decides it.
 */
export function checkOperations(history: History, log: VersionLog): Violation[] {
  const violations: Violation[] = [];
  const byCall = history.operations.toSorted((a, b) => a.called - b.called);
  const answered = byCall
    .filter((operation) => operation.returned !== undefined)
    .toSorted((a, b) => a.returned! - b.returned!);
  const places = new Map<Operation, Revision>();
  let least: Revision = 0;
  let latest: Operation | undefined;
  let next = 0;
  for (const operation of byCall) {
    for (; next < answered.length && answered[next]!.returned! < operation.called; next++) {
      const place = places.get(answered[next]!) ?? 0;
      if (place > least) [least, latest] = [place, answered[next]];
    }
    const spans = placesOf(operation, log);
    if (!spans) continue;
    const open = spans.filter(({ until }) => until > least);
    if (open.length === 0) violations.push(notLinearizable(operation, least, latest));
    else places.set(operation, Math.max(least, Math.min(...open.map(({ from }) => from))));
  }
  return violations;
}

type Places = readonly Pick<Span, 'from' | 'until'>[];

/** Where an answer was true, in order; undefined when it says nothing. A write must come after what was there before it was asked for. */
function placesOf(operation: Operation, log: VersionLog): Places | undefined {
  const { outcome, key, value, expected, verb } = operation;
  const spans = () => log.spansOf(key!);
  switch (outcome.type) {
    case 'written':
      return [at(outcome.revision)];
    case 'found':
      return spans().filter(({ version }) => version?.revision === outcome.seen.revision);
    case 'listed':
      return outcome.any ? undefined : [at(outcome.revision)];
    case 'absent':
      return spans().filter(({ version }) => version === undefined);
    case 'deleted':
      return deletionOf(spans(), expected);
    case 'conflict':
      // A patch may also have lost every race that it tried.
      return verb === 'patch' ? undefined : spans().filter((span) => isOther(span, expected));
    case 'unknown': {
      const done = value === undefined ? undefined : log.all.find((one) => one.value === value);
      return done && [at(done.revision)];
    }
  }
}

const at = (revision: Revision) => ({ from: revision, until: revision + 1 });

/** A deletion names what it deletes: its place is where that ended, or may have ended. */
function deletionOf(spans: readonly Span[], expected: Revision | undefined): Places {
  const index = spans.findIndex(({ version }) => version?.revision === expected);
  const next = index < 0 ? undefined : spans[index + 1];
  if (next?.unknown) return [next];
  return next && next.version === undefined ? [at(next.from)] : [];
}

function isOther({ version, unknown }: Span, expected: Revision | undefined): boolean {
  return unknown === true || (version !== undefined && version.revision !== expected);
}

function notLinearizable(
  { id, verb, key, outcome }: Operation,
  least: Revision,
  latest: Operation | undefined,
): Violation {
  const what = `${verb} ${id} of ${key ?? 'all'} was answered ${JSON.stringify(outcome).slice(0, 200)}`;
  const before = latest ? `${latest.verb} ${latest.id} had been answered` : 'it began';
  return {
    guarantee: 'linearizable',
    message: `${what}, which was not true at revision ${least} or later, when ${before}`,
  };
}

/** Every version is one operation's, no operation has two, and none that was refused has one. Nobody sees a value before it is written. */
export function checkWrittenOnce(history: History, log: VersionLog): Violation[] {
  const violations: Violation[] = [];
  const report = (message: string) => violations.push({ guarantee: 'written once', message });
  const writers = new Map(
    history.operations.flatMap((one) => (one.value === undefined ? [] : [[one.value, one]])),
  );
  const done = new Map<Operation, Version>();
  for (const version of log.all) {
    if (version.value === undefined) continue;
    const writer = writers.get(version.value);
    if (!writer) {
      report(`nobody wrote ${show(version)}`);
      continue;
    }
    const before = done.get(writer);
    if (before)
      report(`${writer.verb} ${writer.id} was done twice: ${show(before)}, ${show(version)}`);
    done.set(writer, version);
    if (writer.key !== version.key)
      report(`${writer.id} wrote ${writer.key}, not ${show(version)}`);
    if (writer.outcome.type === 'absent' || writer.outcome.type === 'conflict')
      report(
        `${writer.verb} ${writer.id} was refused, and was done all the same: ${show(version)}`,
      );
  }
  for (const operation of history.operations) {
    for (const seen of seenBy(operation)) {
      const writer = writers.get(seen.value);
      if (writer && operation.returned! < writer.called)
        report(`${operation.verb} ${operation.id} saw ${show(seen)} before it was asked for`);
    }
  }
  return violations;
}

function seenBy({
  outcome,
}: Operation): readonly { key: string; value: string; revision: number }[] {
  if (outcome.type === 'found') return [outcome.seen];
  return outcome.type === 'listed' ? outcome.items : [];
}

/** A list is what was there at its revision: all of it and nothing else. */
export function checkLists(history: History, log: VersionLog): Violation[] {
  const violations: Violation[] = [];
  for (const { id, outcome } of history.operations) {
    if (outcome.type !== 'listed') continue;
    const isKnown = ({ key }: Version) => !log.isUnknown(key, outcome.revision);
    const shown = (versions: Version[]) => versions.filter(isKnown).map(show).toSorted().join(', ');
    const expected = shown([...log.stateAt(outcome.revision).values()]);
    const found = shown([...outcome.items]);
    if (expected === found) continue;
    violations.push({
      guarantee: 'consistent lists',
      message: `list ${id} at revision ${outcome.revision} showed [${found}] instead of [${expected}]`,
    });
  }
  return violations;
}

/** What writers know of one key must make sense: a version is created where there was none, a deletion deletes something. */
export function checkDeletions(history: History, log: VersionLog): Violation[] {
  const violations: Violation[] = [];
  for (const { id, key, expected, outcome } of history.operations) {
    if (outcome.type !== 'deleted' || deletionOf(log.spansOf(key!), expected).length > 0) continue;
    violations.push({
      guarantee: 'reliable',
      message: `delete ${id} of ${key} at revision ${expected} was acknowledged, and no watch saw it`,
    });
  }
  return violations;
}
