import { expect } from 'chai';
import { describe, it } from 'mocha';
import { aThing, Fixture, keyOf, namesOf, things } from './testing/fixture.ts';
import { settle } from './testing/manual-time.ts';
import { RecordingSink } from './testing/recording-sink.ts';
import { RemoteBackend } from './testing/remote-backend.ts';

/** Two things, and then a write elsewhere of which the cache learns nothing, for the backend does not answer requests for progress. */
async function openSilent(): Promise<{ fixture: Fixture; backend: RemoteBackend; newest: number }> {
  const backend = new RemoteBackend();
  backend.answersProgress = false;
  const fixture = await Fixture.open({ backend });
  for (const name of ['a', 'b']) await fixture.create(aThing(name));
  await settle();
  await fixture.writeElsewhere({ '/registry/others/x': '{}' });
  backend.lists = 0;
  return { fixture, backend, newest: await backend.revision() };
}

describe('a backend that does not tell how far it is', () => {
  it('lists the newest state itself, at once', async () => {
    const { fixture, backend, newest } = await openSilent();
    const { items, revision } = await fixture.storage.list(things, {});
    expect(namesOf(items)).to.deep.equal(['a', 'b']);
    expect({ revision, lists: backend.lists }).to.deep.equal({ revision: newest, lists: 1 });
    await fixture[Symbol.asyncDispose]();
  });

  it('gives the next page of a list that began there', async () => {
    const { fixture } = await openSilent();
    const first = await fixture.storage.list(things, { limit: 1 });
    const second = await fixture.storage.list(things, { limit: 1, continue: first.continue });
    expect(namesOf(second.items)).to.deep.equal(['b']);
    await fixture[Symbol.asyncDispose]();
  });

  it('lists and gives what is not older than its revision', async () => {
    const { fixture, newest } = await openSilent();
    const resourceVersion = String(newest);
    const { items } = await fixture.storage.list(things, { resourceVersion });
    expect(namesOf(items)).to.deep.equal(['a', 'b']);
    expect((await fixture.storage.get(keyOf('a'), resourceVersion))?.key).to.equal(keyOf('a'));
    await fixture[Symbol.asyncDispose]();
  });

  it('refuses a revision to come', async () => {
    const { fixture, newest } = await openSilent();
    const resourceVersion = String(newest + 1);
    for (const reading of [
      fixture.storage.list(things, { resourceVersion }),
      fixture.storage.get(keyOf('a'), resourceVersion),
    ]) {
      expect(await reading.catch((error: unknown) => error)).to.include({ code: 504 });
    }
    await fixture[Symbol.asyncDispose]();
  });

  it('lets watches begin with what the cache has', async () => {
    const { fixture } = await openSilent();
    const sink = new RecordingSink();
    await fixture.storage.watch(things, {}, sink);
    await settle();
    expect(sink.log).to.deep.equal(['ADDED a', 'ADDED b']);
    await fixture[Symbol.asyncDispose]();
  });

  it('is not asked for what the cache has', async () => {
    const { fixture, backend } = await openSilent();
    const { revision } = await fixture.create(aThing('c'));
    await settle();
    const { items } = await fixture.storage.list(things, { resourceVersion: String(revision) });
    expect(namesOf(items)).to.deep.equal(['a', 'b', 'c']);
    expect(namesOf((await fixture.storage.list(things, {})).items)).to.have.length(3);
    expect(backend.lists).to.equal(0);
    await fixture[Symbol.asyncDispose]();
  });
});
