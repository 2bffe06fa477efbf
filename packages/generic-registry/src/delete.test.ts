import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Strategy } from './strategy.ts';
import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';
import { refusal, VerbFixture, type Special } from './testing/verb-fixture.ts';

/** Thirty seconds of grace unless the client says otherwise. */
const graceful: Special = {
  strategy: {
    namespaced: true,
    returnDeletedObject: true,
    checkGracefulDelete: (_, deletion) => {
      deletion.gracePeriodSeconds ??= 30;
      return true;
    },
  },
};

const finalizers = ['example.com/wait'];

describe('delete', () => {
  it('gives the last state, at the revision of the deletion', async () => {
    await using fixture = await VerbFixture.open();
    const created = await fixture.create();
    const { deleted, last, returnObject } = await fixture.delete();
    expect({ deleted, returnObject }).to.deep.equal({ deleted: true, returnObject: false });
    expect(Number(last.object.metadata.resourceVersion)).to.equal(
      Number(created.metadata.resourceVersion) + 1,
    );
    expect(await fixture.names()).to.deep.equal([]);
  });

  it('of what is not there is NotFound', async () => {
    await using fixture = await VerbFixture.open();
    expect(await refusal(fixture.delete())).to.have.property('reason', 'NotFound');
  });

  it('answers with the object where the strategy says so', async () => {
    await using fixture = await VerbFixture.open({
      strategy: { namespaced: true, returnDeletedObject: true },
    });
    await fixture.create();
    expect(await fixture.delete()).to.have.property('returnObject', true);
  });

  it('in a dry run deletes nothing', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create();
    expect(await fixture.delete({ dryRun: true })).to.have.property('deleted', true);
    expect(await fixture.names()).to.deep.equal(['default/one']);
  });

  it('asks admission, which may refuse', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create();
    const validate = () => Promise.reject(new Error('no'));
    expect(await fixture.delete({ validate }).catch(String)).to.equal('Error: no');
    expect(await fixture.names()).to.deep.equal(['default/one']);
  });

  it('is tried again when somebody changes the object meanwhile', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create();
    let asked = 0;
    const validate = async () => {
      if (++asked === 1) await fixture.update((copy) => void (copy.data = { a: '1' }));
    };
    const { deleted, last } = await fixture.delete({ validate });
    expect(deleted).to.equal(true);
    expect(last.object.data).to.deep.equal({ a: '1' });
    expect(asked).to.equal(2);
  });

  it('of what somebody else deletes meanwhile is NotFound', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create();
    const validate = async () => void (await fixture.delete());
    expect(await refusal(fixture.delete({ validate }))).to.have.property('reason', 'NotFound');
  });

  it('the unsafe way is for what cannot be read', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create();
    const unsafe = { ignoreStoreReadErrorWithClusterBreakingPotential: true };
    expect(await refusal(fixture.delete(unsafe))).to.have.property('reason', 'Conflict');
  });

  const preconditions: readonly {
    name: string;
    of(object: ConfigMap): { uid?: string; resourceVersion?: string };
    holds: boolean;
  }[] = [
    { name: 'its uid', of: ({ metadata }) => ({ uid: metadata.uid ?? '' }), holds: true },
    { name: 'another uid', of: () => ({ uid: 'other' }), holds: false },
    {
      name: 'its revision',
      of: ({ metadata }) => ({ resourceVersion: metadata.resourceVersion ?? '' }),
      holds: true,
    },
    { name: 'another revision', of: () => ({ resourceVersion: '1' }), holds: false },
  ];
  for (const precondition of preconditions) {
    const { name, holds } = precondition;
    it(`for ${name} ${holds ? 'goes ahead' : 'is a Conflict'}`, async () => {
      await using fixture = await VerbFixture.open();
      const wanted = precondition.of(await fixture.create());
      const deletion = fixture.delete({ preconditions: wanted });
      if (holds) expect(await deletion).to.have.property('deleted', true);
      else expect(await refusal(deletion)).to.have.property('reason', 'Conflict');
    });
  }

  it('checks preconditions as the strategy does, where it does', async () => {
    let checked: unknown;
    await using fixture = await VerbFixture.open({
      strategy: { namespaced: true, checkPreconditions: (_, wanted) => void (checked = wanted) },
    });
    await fixture.create();
    await fixture.delete({ preconditions: { uid: 'other' } });
    expect(checked).to.deep.equal({ uid: 'other' });
  });

  describe('with finalizers', () => {
    it('marks the object and leaves it', async () => {
      await using fixture = await VerbFixture.open();
      await fixture.create({ finalizers, generation: 1 });
      const { deleted, last, returnObject } = await fixture.delete();
      expect({ deleted, returnObject }).to.deep.equal({ deleted: false, returnObject: true });
      expect(last.object.metadata).to.deep.include({
        deletionTimestamp: '2026-11-24T10:00:00Z',
        deletionGracePeriodSeconds: 0,
        generation: 2,
        finalizers,
      });
    });

    it('leaves what is marked already as it is', async () => {
      await using fixture = await VerbFixture.open();
      await fixture.create({ finalizers });
      const first = (await fixture.delete()).last.object.metadata;
      fixture.opened.clock.advance(5000);
      const again = (await fixture.delete()).last.object.metadata;
      expect(again.deletionTimestamp).to.equal(first.deletionTimestamp);
      expect(again.uid).to.equal(first.uid);
    });

    it('in a dry run shows the mark and leaves none', async () => {
      await using fixture = await VerbFixture.open();
      await fixture.create({ finalizers });
      const { last } = await fixture.delete({ dryRun: true });
      expect(last.object.metadata.deletionTimestamp).to.equal('2026-11-24T10:00:00Z');
      expect((await fixture.stored())?.metadata).to.not.have.property('deletionTimestamp');
    });
  });

  describe('with dependents', () => {
    const byDefault = (defaultDeletion: NonNullable<Strategy<ConfigMap>['defaultDeletion']>) => ({
      strategy: { namespaced: true, defaultDeletion },
    });
    const table: readonly {
      name: string;
      special?: Special;
      has?: readonly string[];
      options?: object;
      left: readonly string[] | 'gone';
    }[] = [
      { name: 'nothing said', left: 'gone' },
      { name: 'Background', options: { propagationPolicy: 'Background' }, left: 'gone' },
      {
        name: 'Foreground',
        options: { propagationPolicy: 'Foreground' },
        left: ['foregroundDeletion'],
      },
      { name: 'Orphan', options: { propagationPolicy: 'Orphan' }, left: ['orphan'] },
      { name: 'orphanDependents', options: { orphanDependents: true }, left: ['orphan'] },
      { name: 'orphaning by default', special: byDefault('orphan'), left: ['orphan'] },
      {
        name: 'Background although orphaning is the default',
        special: byDefault('orphan'),
        options: { propagationPolicy: 'Background' },
        left: 'gone',
      },
      {
        name: 'Orphan of a kind that has no dependents',
        special: byDefault('unsupported'),
        options: { propagationPolicy: 'Orphan' },
        left: 'gone',
      },
      { name: 'its own finalizer for it', has: ['orphan'], left: ['orphan'] },
      {
        name: 'Foreground instead of its own finalizer',
        has: ['orphan'],
        options: { propagationPolicy: 'Foreground' },
        left: ['foregroundDeletion'],
      },
      {
        name: 'Background instead of its own finalizer',
        has: ['orphan'],
        options: { propagationPolicy: 'Background' },
        left: 'gone',
      },
      {
        name: 'Foreground beside others',
        has: finalizers,
        options: { propagationPolicy: 'Foreground' },
        left: ['example.com/wait', 'foregroundDeletion'],
      },
    ];
    for (const { name, special, has = [], options, left } of table) {
      it(`${name}: leaves ${left === 'gone' ? 'nothing' : left.join()}`, async () => {
        await using fixture = await VerbFixture.open(special);
        await fixture.create({ finalizers: has });
        const { deleted } = await fixture.delete({ ...options });
        expect(deleted).to.equal(left === 'gone');
        expect((await fixture.stored())?.metadata.finalizers ?? 'gone').to.deep.equal(left);
      });
    }
  });

  describe('of a kind that takes its time', () => {
    const deletions: readonly {
      name: string;
      asked?: number;
      then?: { after: number; asked?: number };
      ends: string;
      seconds: number;
    }[] = [
      { name: 'takes its own', ends: '10:00:30', seconds: 30 },
      { name: 'takes what it is asked to', asked: 7, ends: '10:00:07', seconds: 7 },
      {
        name: 'takes a second when it is asked to take less than none',
        asked: -3,
        ends: '10:00:01',
        seconds: 1,
      },
      { name: 'may be hurried', then: { after: 4, asked: 5 }, ends: '10:00:05', seconds: 5 },
      { name: 'never gets more', then: { after: 4, asked: 60 }, ends: '10:00:30', seconds: 30 },
      {
        name: 'keeps its time when nothing is said',
        then: { after: 4 },
        ends: '10:00:30',
        seconds: 30,
      },
      {
        name: 'never ends in the past',
        then: { after: 20, asked: 5 },
        ends: '10:00:20',
        seconds: 1,
      },
    ];
    for (const { name, asked, then, ends, seconds } of deletions) {
      it(name, async () => {
        await using fixture = await VerbFixture.open(graceful);
        await fixture.create();
        await fixture.delete(asked === undefined ? {} : { gracePeriodSeconds: asked });
        if (then !== undefined) {
          fixture.opened.clock.advance(then.after * 1000);
          await fixture.delete(then.asked === undefined ? {} : { gracePeriodSeconds: then.asked });
        }
        expect((await fixture.stored())?.metadata).to.include({
          deletionTimestamp: `2026-11-24T${ends}Z`,
          deletionGracePeriodSeconds: seconds,
        });
      });
    }

    it('goes at once when it is asked to take none', async () => {
      await using fixture = await VerbFixture.open(graceful);
      await fixture.create();
      await fixture.delete();
      expect(await fixture.delete({ gracePeriodSeconds: 0 })).to.have.property('deleted', true);
      expect(await fixture.names()).to.deep.equal([]);
    });
  });

  it('may wait for something of its own', async () => {
    let waits = true;
    await using fixture = await VerbFixture.open({
      strategy: {
        namespaced: true,
        deferDeletion: (object) => {
          object.data = { phase: 'Terminating' };
          return waits;
        },
      },
    });
    await fixture.create();
    const first = await fixture.delete();
    expect(first.deleted).to.equal(false);
    expect(first.last.object.data).to.deep.equal({ phase: 'Terminating' });
    expect((await fixture.delete()).last.object.metadata.resourceVersion).to.equal(
      first.last.object.metadata.resourceVersion,
    );
    waits = false;
    expect(await fixture.delete()).to.have.property('deleted', true);
  });
});
