import { parseLabelSelector } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { WatchQuery } from './object-storage.ts';
import { aThing, Fixture, keyOf, things } from './testing/fixture.ts';
import { settle } from './testing/manual-time.ts';
import { RecordingSink } from './testing/recording-sink.ts';

const inDefault = `${things}default/`;
const inOther = `${things}other/`;
const byLabel: WatchQuery = {
  resourceVersion: '1',
  selection: { labels: parseLabelSelector('tier=web') },
};

async function watching(fixture: Fixture, prefix: string, query: WatchQuery) {
  const sink = new RecordingSink();
  await fixture.storage.watch(prefix, query, sink);
  return sink;
}

const spoil = (fixture: Fixture) => fixture.writeElsewhere({ [keyOf('bad')]: 'garbage' });

describe('A value that cannot be read', () => {
  it('ends the watches that it concerns, and nothing follows', async () => {
    await using fixture = await Fixture.open();
    const sink = await watching(fixture, inDefault, byLabel);
    await spoil(fixture);
    await fixture.create(aThing('late', { labels: { tier: 'web' } }));
    await settle();
    expect(sink.error).to.have.property('code', 500);
    expect(sink.log).to.deep.equal([]);
  });

  it('is no matter of watches elsewhere', async () => {
    await using fixture = await Fixture.open();
    const sink = await watching(fixture, inOther, byLabel);
    await spoil(fixture);
    await fixture.create(aThing('late', { namespace: 'other', labels: { tier: 'web' } }));
    await settle();
    expect(sink.ended).to.equal(false);
    expect(sink.log).to.deep.equal(['ADDED late']);
  });

  it('can be discarded, and watches go on from then', async () => {
    await using fixture = await Fixture.open();
    await spoil(fixture);
    expect(await fixture.storage.discard(keyOf('bad'))).to.equal(true);
    expect(await fixture.storage.discard(keyOf('bad'))).to.equal(false);
    const sink = await watching(fixture, inDefault, { resourceVersion: '0' });
    await fixture.create(aThing('good'));
    expect(sink.log).to.deep.equal(['ADDED good']);
    expect((await fixture.storage.list(things, {})).items).to.have.length(1);
  });

  it('is told as gone to those who are told of everything', async () => {
    await using fixture = await Fixture.open();
    await spoil(fixture);
    const { revision } = await fixture.storage.list(things, { limit: 0 }).catch(async () => ({
      revision: await fixture.backend.revision(),
    }));
    const sink = await watching(fixture, inDefault, { resourceVersion: String(revision) });
    await fixture.storage.discard(keyOf('bad'));
    expect(sink.log).to.deep.equal(['DELETED bad']);
  });
});
