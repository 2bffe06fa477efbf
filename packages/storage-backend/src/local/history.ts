import type { EventBatch, Revision } from '../storage-backend.ts';
import type { Tree } from './tree.ts';

/** An old state is made by undoing at most about so many revisions from a kept one: about a millisecond. */
const revisionsPerKeptTree = 1000;
/** Pages of a list ask for the same old state again and again; so many of those are kept. */
const keptForReaders = 16;
/** What an event costs in memory besides the value that it replaced: keys, entries, the event itself. */
const bytesPerEvent = 300;

/** Every write since the last compaction, in order and without a gap, and with it every state of the store since then. */
export class History {
  /** All that happened up to here is given up. */
  #compacted: Revision;
  /** `#batches[i]` has revision `#base + 1 + i`. */
  #base: Revision;
  #batches: EventBatch[] = [];
  #bytes = 0;
  #trees: { readonly revision: Revision; readonly tree: Tree }[] = [];
  #askedFor = new Map<Revision, Tree>();

  constructor(base: Revision, compacted: Revision) {
    this.#base = base;
    this.#compacted = compacted;
  }

  get compacted(): Revision {
    return this.#compacted;
  }

  /** Revisions after this one can be replayed. */
  get base(): Revision {
    return this.#base;
  }

  /** About how much memory history costs beyond the live values. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Takes the next revision; `newest` is the store after it. */
  append(batch: EventBatch, newest: Tree): void {
    this.#batches.push(batch);
    this.#bytes += costOf(batch);
    if (batch.revision % revisionsPerKeptTree === 0) {
      this.#trees.push({ revision: batch.revision, tree: newest.clone() });
    }
  }

  /** The batches after a revision, oldest first. The caller has checked that it is not compacted. */
  *after(revision: Revision): Generator<EventBatch> {
    for (let i = Math.max(revision - this.#base, 0); i < this.#batches.length; i++) {
      yield this.#batches[i]!;
    }
  }

  /** The store as it stood at a revision between the compacted one and the newest. */
  treeAt(revision: Revision, newest: Tree): Tree {
    const asked = this.#askedFor.get(revision);
    if (asked) return asked;
    const later = this.#trees.find((kept) => kept.revision >= revision);
    const tree = (later?.tree ?? newest).clone();
    const from = later?.revision ?? this.#base + this.#batches.length;
    for (let i = from - this.#base - 1; i >= revision - this.#base; i--) {
      undo(this.#batches[i]!, tree);
    }
    this.#askedFor.set(revision, tree);
    if (this.#askedFor.size > keptForReaders) {
      this.#askedFor.delete(this.#askedFor.keys().next().value!);
    }
    return tree;
  }

  /** Gives up everything before a revision. */
  compact(revision: Revision): void {
    if (revision <= this.#compacted) return;
    this.#compacted = revision;
    for (const batch of this.#batches.splice(0, revision - this.#base)) {
      this.#bytes -= costOf(batch);
    }
    this.#base = Math.max(this.#base, revision);
    this.#trees = this.#trees.filter((kept) => kept.revision >= revision);
    for (const asked of this.#askedFor.keys()) {
      if (asked < revision) this.#askedFor.delete(asked);
    }
  }

  /** The revision to compact to so that history costs no more than so many bytes. */
  revisionWithin(bytes: number): Revision {
    let excess = this.#bytes - bytes;
    let revision = this.#base;
    for (let i = 0; excess > 0 && i < this.#batches.length; i++) {
      excess -= costOf(this.#batches[i]!);
      revision = this.#batches[i]!.revision;
    }
    return revision;
  }
}

/** What history costs that holds a revision. */
export function costOf(batch: EventBatch): number {
  let bytes = 0;
  for (const event of batch.events) bytes += bytesPerEvent + (event.previous?.value.length ?? 0);
  return bytes;
}

function undo(batch: EventBatch, tree: Tree): void {
  for (const event of batch.events) {
    const key = event.type === 'put' ? event.entry.key : event.key;
    if (event.previous) tree.set(key, event.previous);
    else tree.delete(key);
  }
}
