import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { EventBatch } from '../storage-backend.ts';
import { expectError } from '../testing/trial.ts';
import { revisionOf } from '../testing/watch-reader.ts';
import type { WatchEvent, WatchResponse } from './messages.ts';
import { WatchEvents } from './watch-events.ts';

function aPut(revision: number, version = 1): WatchEvent {
  const kv = {
    key: Buffer.from(`/k${revision}`),
    value: Buffer.of(1),
    modRevision: revision,
    version,
  };
  return { type: 0, kv, prevKv: null };
}

function aResponse(events: readonly WatchEvent[], more: Partial<WatchResponse> = {}) {
  const response: WatchResponse = {
    header: { revision: 100 },
    created: false,
    canceled: false,
    compactRevision: 0,
    cancelReason: '',
    fragment: false,
    events,
    ...more,
  };
  return response;
}

const revisions = (batch: EventBatch | undefined) => batch?.events.map(revisionOf);

describe('the events of a watch', () => {
  it('hold back a revision that may not be whole', () => {
    const events = new WatchEvents(1);
    const fragment = { fragment: true };
    expect(revisions(events.take(aResponse([aPut(2), aPut(3)], fragment)))).to.deep.equal([2]);
    expect(events.take(aResponse([aPut(3)], fragment))).to.equal(undefined);
    expect(events.position).to.equal(2);
    expect(revisions(events.take(aResponse([aPut(3), aPut(4)])))).to.deep.equal([3, 3, 3, 4]);
  });

  it('leave out what was handed out before', () => {
    const events = new WatchEvents(3);
    const batch = events.take(aResponse([aPut(3), aPut(4)]));
    expect(batch).to.include({ revision: 4 });
    expect(revisions(batch)).to.deep.equal([4]);
    expect(events.take(aResponse([aPut(4)]))).to.equal(undefined);
  });

  it('begin a revision anew that a broken stream left unfinished', () => {
    const events = new WatchEvents(1);
    events.take(aResponse([aPut(2), aPut(2)], { fragment: true }));
    events.restart();
    expect(revisions(events.take(aResponse([aPut(2), aPut(2), aPut(2)])))).to.have.length(3);
  });

  it('tell of progress, but not of less than before', () => {
    const events = new WatchEvents(1);
    expect(events.take(aResponse([], { created: true }))).to.equal(undefined);
    expect(events.take(aResponse([]))).to.deep.equal({ revision: 100, events: [] });
    expect(events.position).to.equal(100);
    expect(events.take(aResponse([], { header: { revision: 99 } }))).to.equal(undefined);
  });

  it('are given up when etcd no longer knows what a key held before', async () => {
    const take = async () => new WatchEvents(1).take(aResponse([aPut(2, 5)]));
    expect((await expectError(take(), 'compacted')).key).to.equal('/k2');
  });
});
