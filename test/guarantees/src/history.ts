/** Milliseconds of the recorder's own steady clock, which nobody moves. */
export type Time = number;
/** A resourceVersion as a number: the position in the order that the server says its writes have. */
export type Revision = number;

/** An object as somebody saw it. */
export interface Seen {
  readonly key: string;
  readonly value: string;
  readonly revision: Revision;
}

export type Verb = 'create' | 'update' | 'patch' | 'delete' | 'get' | 'list';

/** One request of one client, and what it was told. */
export interface Operation {
  readonly id: string;
  readonly verb: Verb;
  readonly called: Time;
  /** When the answer was there; undefined when there was none. */
  readonly returned?: Time;
  /** What it was about; undefined for lists. */
  readonly key?: string;
  /** What it wrote; no two operations write the same. */
  readonly value?: string;
  /** The revision that the client said the object has. */
  readonly expected?: Revision;
  readonly outcome: Outcome;
}

export type Outcome =
  | { readonly type: 'written'; readonly revision: Revision }
  | { readonly type: 'deleted' }
  | { readonly type: 'found'; readonly seen: Seen }
  /** `any`: whatever is there may be old, as `resourceVersion=0` allows; it must be of one revision all the same. */
  | {
      readonly type: 'listed';
      readonly revision: Revision;
      readonly items: readonly Seen[];
      readonly any?: boolean;
    }
  /** 404. */
  | { readonly type: 'absent' }
  /** 409. */
  | { readonly type: 'conflict' }
  /** No answer, or one that leaves open whether it was done. */
  | { readonly type: 'unknown'; readonly reason: string };

export type WatchRecord =
  /** A stream begins after a revision; `resumed` when that is the last one that the stream before had delivered. */
  | { readonly type: 'begin'; readonly after: Revision; readonly resumed: boolean }
  /** A list showed what was still to come: there is nothing to wait for. */
  | { readonly type: 'listed'; readonly revision: Revision }
  | {
      readonly type: 'added' | 'modified' | 'deleted';
      readonly seen: Seen;
      readonly received: Time;
    }
  | { readonly type: 'bookmark'; readonly revision: Revision };

/** What one watcher was delivered, over all its streams. */
export interface Watched {
  readonly watcher: string;
  readonly records: readonly WatchRecord[];
}

export interface History {
  /** Nothing that this is about had been written up to here. */
  readonly start: Revision;
  readonly operations: readonly Operation[];
  readonly watches: readonly Watched[];
}

export type Guarantee =
  | 'linearizable'
  | 'written once'
  | 'consistent lists'
  | 'ordered'
  | 'unique'
  | 'reliable'
  | 'atomic'
  | 'resumable'
  | 'bookmarkable';

export interface Violation {
  readonly guarantee: Guarantee;
  readonly message: string;
}
