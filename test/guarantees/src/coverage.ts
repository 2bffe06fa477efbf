import type { Revision, Watched } from './history.ts';

/** Revisions after `from`, up to and including `to`. */
export interface Range {
  readonly from: Revision;
  readonly to: Revision;
}

/**
 * The revisions that no watcher followed: a server that was restarted may no longer know what happened before, and ends all
 * watches with 410 Expired. What was written there and written over, or deleted, is known to nobody.
 */
export function uncovered(watches: readonly Watched[], start: Revision): Range[] {
  const covered = watches.flatMap(followedBy).toSorted((a, b) => a.from - b.from);
  const holes: Range[] = [];
  let reached = start;
  for (const { from, to } of covered) {
    if (from > reached) holes.push({ from: reached, to: from });
    reached = Math.max(reached, to);
  }
  return [...holes, { from: reached, to: Infinity }];
}

function followedBy({ records }: Watched): Range[] {
  const ranges: Range[] = [];
  let current: { from: Revision; to: Revision } | undefined;
  for (const record of records) {
    if (record.type === 'begin') {
      if (record.resumed && current) continue;
      current = { from: record.after, to: record.after };
      ranges.push(current);
    } else if (record.type !== 'listed' && current) {
      const revision = record.type === 'bookmark' ? record.revision : record.seen.revision;
      current.to = Math.max(current.to, revision);
    }
  }
  return ranges;
}
