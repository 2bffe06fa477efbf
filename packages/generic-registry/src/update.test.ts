import { invalid } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { optimisticLockMessage } from './update.ts';
import { refusal, VerbFixture } from './testing/verb-fixture.ts';

describe('update', () => {
  it('runs again on the newest state when somebody else was faster', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create();
    const seen: (string | undefined)[] = [];
    const { object } = await fixture.update(async (copy, attempt) => {
      seen.push(copy.data?.['other']);
      delete copy.metadata.resourceVersion;
      copy.data = { ...copy.data, mine: 'yes' };
      if (attempt === 1) await fixture.update((theirs) => void (theirs.data = { other: 'yes' }));
    });
    expect(seen).to.deep.equal([undefined, 'yes']);
    expect(object.data).to.deep.equal({ other: 'yes', mine: 'yes' });
  });

  it('of an old revision is a Conflict at once', async () => {
    await using fixture = await VerbFixture.open();
    const { metadata } = await fixture.create();
    await fixture.update((copy) => void (copy.data = { a: '1' }));
    let attempts = 0;
    const error = await refusal(
      fixture.update((copy) => {
        attempts++;
        copy.metadata.resourceVersion = metadata.resourceVersion ?? '';
      }),
    );
    expect(attempts).to.equal(1);
    expect(error.message).to.equal(
      `Operation cannot be fulfilled on configmaps "one": ${optimisticLockMessage}`,
    );
  });

  const without = [{ resourceVersion: '' }, { resourceVersion: '0' }];
  for (const { resourceVersion } of without) {
    it(`at revision "${resourceVersion}" overwrites, unless the strategy forbids it`, async () => {
      await using free = await VerbFixture.open();
      await using strict = await VerbFixture.open({
        strategy: { namespaced: true, allowUnconditionalUpdate: false },
      });
      for (const fixture of [free, strict]) await fixture.create();
      const change = (copy: { metadata: { resourceVersion?: string } }) =>
        void (copy.metadata.resourceVersion = resourceVersion);
      await free.update(change);
      const error = await refusal(strict.update(change));
      expect(error.details?.causes?.[0]).to.deep.include({ field: 'metadata.resourceVersion' });
    });
  }

  it('that changes nothing keeps the revision and tells nobody', async () => {
    await using fixture = await VerbFixture.open();
    const before = await fixture.create();
    const events = await fixture.watch();
    const { object } = await fixture.update(() => undefined);
    await fixture.update((copy) => void (copy.data = { a: '1' }));
    expect(object.metadata.resourceVersion).to.equal(before.metadata.resourceVersion);
    expect(events.map(({ type }) => type)).to.deep.equal(['MODIFIED']);
  });

  it('that changes nothing rewrites what is stored in another form', async () => {
    await using fixture = await VerbFixture.open();
    const before = await fixture.create();
    const key = '/registry/configmaps/default/one';
    const { resourceVersion: _, ...metadata } = before.metadata;
    const value = Buffer.from(JSON.stringify({ metadata, apiVersion: 'v1', kind: 'ConfigMap' }));
    // oxlint-disable-next-line unicorn/no-thenable -- the contract's word
    await fixture.opened.backend.transact({ compare: [], then: [{ type: 'put', key, value }] });
    const found = (await fixture.stored())?.metadata.resourceVersion;
    const { object } = await fixture.update(() => undefined);
    expect(Number(object.metadata.resourceVersion)).to.equal(Number(found) + 1);
  });

  it('of a missing object is NotFound, or creates it where the strategy allows that', async () => {
    await using strict = await VerbFixture.open();
    await using free = await VerbFixture.open({
      strategy: { namespaced: true, allowCreateOnUpdate: true },
    });
    expect(await refusal(strict.update(() => undefined))).to.have.property('reason', 'NotFound');
    const { object, created } = await free.update(() => undefined);
    expect(created).to.equal(true);
    expect(object.metadata.uid).to.equal((await free.stored())?.metadata.uid);
  });

  it('creates a missing object by force', async () => {
    await using fixture = await VerbFixture.open();
    const { created } = await fixture.store.update(
      'one',
      { apply: () => Promise.resolve(fixture.body()) },
      { dryRun: false, forceAllowCreate: true },
      fixture.context,
    );
    expect(created).to.equal(true);
  });

  it('creates nothing that says to be of a revision that is none', async () => {
    await using fixture = await VerbFixture.open();
    const body = fixture.body();
    body.metadata.resourceVersion = 'odd';
    const created = fixture.store.update(
      'one',
      { apply: () => Promise.resolve(body) },
      { dryRun: false, forceAllowCreate: true },
      fixture.context,
    );
    const { code, message } = await refusal(created);
    expect({ code, message }).to.deep.equal({
      code: 500,
      message: 'strconv.ParseUint: parsing "odd": invalid syntax',
    });
    expect(await fixture.stored()).to.equal(undefined);
  });

  it('changes what somebody else creates meanwhile', async () => {
    await using fixture = await VerbFixture.open({
      strategy: { namespaced: true, allowCreateOnUpdate: true },
    });
    const { created, object } = await fixture.update(async (copy, attempt) => {
      copy.data = { ...copy.data, mine: 'yes' };
      if (attempt === 1) await fixture.create({ labels: { theirs: 'yes' } });
    });
    expect(created).to.equal(false);
    expect(object).to.deep.include({ data: { mine: 'yes' } });
    expect(object.metadata.labels).to.deep.equal({ theirs: 'yes' });
  });

  const preconditions = [
    { name: 'another uid', preconditions: { uid: 'other' }, reason: 'Conflict' },
    { name: 'another revision', preconditions: { resourceVersion: '1' }, reason: 'Conflict' },
  ];
  for (const { name, reason, ...more } of preconditions) {
    it(`for ${name} is a ${reason}, and its change is never asked for`, async () => {
      await using fixture = await VerbFixture.open();
      await fixture.create();
      let asked = false;
      const error = await refusal(fixture.update(() => void (asked = true), more));
      expect(error).to.have.property('reason', reason);
      expect(asked).to.equal(false);
    });
  }

  it('keeps what the server set', async () => {
    await using fixture = await VerbFixture.open();
    const { metadata } = await fixture.create();
    const { object } = await fixture.update((copy) => {
      copy.metadata.creationTimestamp = '2001-01-01T00:00:00Z';
      delete copy.metadata.uid;
      copy.metadata.generation = 9;
    });
    expect(object.metadata).to.include({
      uid: metadata.uid,
      creationTimestamp: metadata.creationTimestamp,
    });
    expect(object.metadata).to.not.have.property('generation');
  });

  it('tells all that is wrong with the change once', async () => {
    await using fixture = await VerbFixture.open({
      strategy: {
        namespaced: true,
        validateUpdate: (object, old) =>
          object.data?.['a'] === old.data?.['a'] ? [] : [invalid('data', 'x', 'never changes')],
      },
    });
    await fixture.create();
    const error = await refusal(fixture.update((copy) => void (copy.data = { a: '1' })));
    expect(error.details?.causes?.map(({ message }) => message)).to.deep.equal([
      'Invalid value: "x": never changes',
    ]);
  });

  it('in a dry run stores nothing', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create();
    const { object } = await fixture.update((copy) => void (copy.data = { a: '1' }), {
      dryRun: true,
    });
    expect(object.data).to.deep.equal({ a: '1' });
    expect(await fixture.stored()).to.not.have.property('data');
  });

  it('through another strategy changes what that lets it, and no more', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create();
    const labels = fixture.store.withStrategy({
      namespaced: true,
      prepareForUpdate: (object, old) => void (object.data = old.data ?? {}),
    });
    expect(['create', 'list', 'delete', 'watch'].filter((verb) => verb in labels)).to.deep.equal(
      [],
    );
    const apply = (current = fixture.body()) =>
      Promise.resolve({
        ...current,
        metadata: { ...current.metadata, labels: { a: 'b' } },
        data: { a: '1' },
      });
    await labels.update('one', { apply }, { dryRun: false }, fixture.context);
    const stored = await fixture.stored();
    expect(stored?.metadata.labels).to.deep.equal({ a: 'b' });
    expect(stored).to.not.have.property('data');
  });

  it('that takes the last finalizer of what is being deleted deletes it', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create({ finalizers: ['example.com/wait'] });
    await fixture.delete();
    const events = await fixture.watch();
    const { object } = await fixture.update((copy) => {
      delete copy.metadata.finalizers;
      copy.data = { last: 'words' };
    });
    expect(object.data).to.deep.equal({ last: 'words' });
    expect(events.map(({ type }) => type)).to.deep.equal(['DELETED']);
    expect(await fixture.names()).to.deep.equal([]);
  });

  it('lets nobody add finalizers to what is being deleted', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create({ finalizers: ['example.com/wait'] });
    await fixture.delete();
    const error = await refusal(
      fixture.update((copy) => void copy.metadata.finalizers?.push('example.com/more')),
    );
    expect(error.details?.causes?.[0]?.field).to.equal('metadata.finalizers');
  });

  it('does not go on for a client that is gone', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create();
    const gone = new AbortController();
    const apply = async (current = fixture.body()) => {
      gone.abort(new Error('gone'));
      await fixture.update((theirs) => void (theirs.data = { n: `${theirs.data?.['n'] ?? ''}x` }));
      return { ...structuredClone(current), data: { mine: 'yes' } };
    };
    const context = { ...fixture.context, signal: gone.signal };
    const ended = fixture.store.update('one', { apply }, { dryRun: false }, context);
    expect(await ended.catch(String)).to.equal('Error: gone');
  });
});
