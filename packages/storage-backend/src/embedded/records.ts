import type { Change, Commit } from '../local/commit.ts';
import { keyOf } from '../local/commit.ts';
import type { Entry, Revision } from '../storage-backend.ts';
import { RecordReader, type RecordWriter } from './record-io.ts';

/** What a frame's payload holds, one after the other. */
export type LogRecord =
  | { readonly type: 'commit'; readonly revision: Revision; readonly changes: readonly Change[] }
  /** History before the revision is given up. */
  | { readonly type: 'compaction'; readonly revision: Revision }
  /** A live key, in a snapshot. */
  | { readonly type: 'entry'; readonly entry: Entry; readonly deadline?: number }
  /** The end of a snapshot, and how many entries it has. */
  | { readonly type: 'end'; readonly entries: number };

const tags = { commit: 1, compaction: 2, entry: 3, end: 4 } as const;
const changeTags = { delete: 0, put: 1, putWithDeadline: 2 } as const;

export function writeCommit(writer: RecordWriter, commit: Commit): void {
  writer.byte(tags.commit);
  writer.number(commit.revision);
  writer.length(commit.events.length);
  for (const event of commit.events) {
    const key = keyOf(event);
    const deadline = commit.expiries?.get(key);
    if (event.type === 'delete') writer.byte(changeTags.delete);
    else writer.byte(deadline === undefined ? changeTags.put : changeTags.putWithDeadline);
    writer.text(key);
    if (event.type === 'delete') continue;
    if (deadline !== undefined) writer.number(deadline);
    writer.bytes(event.entry.value);
  }
}

export function writeCompaction(writer: RecordWriter, revision: Revision): void {
  writer.byte(tags.compaction);
  writer.number(revision);
}

export function writeEntry(writer: RecordWriter, entry: Entry, deadline: number | undefined): void {
  writer.byte(tags.entry);
  writer.number(entry.revision);
  writer.number(deadline ?? 0);
  writer.text(entry.key);
  writer.bytes(entry.value);
}

export function writeEnd(writer: RecordWriter, entries: number): void {
  writer.byte(tags.end);
  writer.number(entries);
}

export function* readRecords(payload: Buffer): Generator<LogRecord> {
  const reader = new RecordReader(payload);
  while (!reader.atEnd) yield readRecord(reader);
}

function readRecord(reader: RecordReader): LogRecord {
  const tag = reader.byte();
  switch (tag) {
    case tags.commit: {
      const revision = reader.number();
      const changes = Array.from({ length: reader.length() }, () => readChange(reader));
      return { type: 'commit', revision, changes };
    }
    case tags.compaction:
      return { type: 'compaction', revision: reader.number() };
    case tags.entry: {
      const revision = reader.number();
      const deadline = reader.number() || undefined;
      return {
        type: 'entry',
        entry: { key: reader.text(), value: reader.bytes(), revision },
        deadline,
      };
    }
    case tags.end:
      return { type: 'end', entries: reader.number() };
    default:
      throw reader.unknown(tag);
  }
}

function readChange(reader: RecordReader): Change {
  const tag = reader.byte();
  const key = reader.text();
  switch (tag) {
    case changeTags.delete:
      return { type: 'delete', key };
    case changeTags.put:
      return { type: 'put', key, value: reader.bytes() };
    case changeTags.putWithDeadline: {
      const deadline = reader.number();
      return { type: 'put', key, value: reader.bytes(), deadline };
    }
    default:
      throw reader.unknown(tag);
  }
}
