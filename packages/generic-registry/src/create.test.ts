import { invalid } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { refusal, VerbFixture } from './testing/verb-fixture.ts';

const uuid = /^[0-9a-f-]{36}$/;

describe('create', () => {
  it('sets what the server alone sets, whatever the client says', async () => {
    await using fixture = await VerbFixture.open();
    const { metadata } = await fixture.create({
      uid: 'mine',
      creationTimestamp: '2001-01-01T00:00:00Z',
      deletionTimestamp: '2001-01-01T00:00:00Z',
      deletionGracePeriodSeconds: 7,
    });
    expect(metadata.uid).to.match(uuid);
    expect(metadata.creationTimestamp).to.equal('2026-11-24T10:00:00Z');
    expect(metadata).to.not.have.any.keys('deletionTimestamp', 'deletionGracePeriodSeconds');
  });

  it('refuses what says to be of a revision, but not in a dry run, and not what is none', async () => {
    await using fixture = await VerbFixture.open();
    const create = (name: string, resourceVersion: string, dryRun: boolean) => {
      const body = fixture.body({ name, resourceVersion });
      return fixture.store.create(body, { dryRun }, fixture.context);
    };
    const { code, message } = await refusal(create('one', '1', false));
    expect({ code, message }).to.deep.equal({
      code: 500,
      message: 'resourceVersion should not be set on objects to be created',
    });
    await create('two', '1', true);
    await create('three', '0', false);
    await create('four', 'odd', false);
  });

  it('tells what is wrong with metadata last where the rules of a kind do not look at it', async () => {
    const problems = async (data: Record<string, string>, ignoresMetadata: boolean) => {
      await using fixture = await VerbFixture.open({
        strategy: {
          namespaced: true,
          ignoresMetadata,
          validate: (object) => (object.data?.['a'] === 'x' ? [invalid('data', 'x', 'no')] : []),
        },
      });
      const body = fixture.body({ labels: { 'a b': '' }, finalizers: ['short'] });
      body.data = data;
      const { details } = await refusal(
        fixture.store.create(body, { dryRun: false }, fixture.context),
      );
      return details?.causes?.map(({ field }) => field);
    };
    expect(await problems({ a: 'x' }, true)).to.deep.equal(['data']);
    expect(await problems({}, true)).to.deep.equal(['metadata.labels']);
    expect(await problems({ a: 'x' }, false)).to.deep.equal([
      'metadata.labels',
      'metadata.finalizers[0]',
      'data',
    ]);
  });

  it('puts the object into the namespace of the request', async () => {
    await using fixture = await VerbFixture.open();
    expect((await fixture.create()).metadata.namespace).to.equal('default');
    expect(await refusal(fixture.create({ namespace: 'other' }))).to.have.property('code', 400);
  });

  it('runs the hooks in order, and stores what they made', async () => {
    const order: string[] = [];
    const noted = (name: string) => void order.push(name);
    await using fixture = await VerbFixture.open({
      strategy: {
        namespaced: true,
        prepareForCreate: (object) => {
          noted('prepare');
          object.data = { prepared: 'yes' };
        },
        validate: () => {
          noted('validate');
          return [];
        },
        warningsOnCreate: () => {
          noted('warn');
          return ['careful'];
        },
        canonicalize: (object) => {
          noted('canonicalize');
          object.data = { ...object.data, canonical: 'yes' };
        },
      },
    });
    const validate = () => Promise.resolve(noted('admission'));
    await fixture.store.create(fixture.body(), { dryRun: false, validate }, fixture.context);
    expect(order).to.deep.equal(['prepare', 'validate', 'warn', 'canonicalize', 'admission']);
    expect((await fixture.stored())?.data).to.deep.equal({ prepared: 'yes', canonical: 'yes' });
    expect(fixture.warnings).to.deep.equal(['careful']);
  });

  it('tells all that is wrong, and stores nothing', async () => {
    await using fixture = await VerbFixture.open({
      strategy: {
        namespaced: true,
        // Twice, as rules do that look at the same from two sides.
        validate: () => [invalid('data', 'x', 'is wrong'), invalid('data', 'x', 'is wrong')],
      },
    });
    const { code, details } = await refusal(fixture.create({ name: 'No', labels: { 'a b': '!' } }));
    expect(code).to.equal(422);
    expect(details?.causes?.map(({ field }) => field)).to.deep.equal([
      'metadata.name',
      'metadata.labels',
      'metadata.labels',
      'data',
    ]);
    expect(await fixture.names()).to.deep.equal([]);
  });

  it('stores nothing that admission refuses', async () => {
    await using fixture = await VerbFixture.open();
    const validate = () => Promise.reject(new Error('no'));
    const refused = fixture.store.create(
      fixture.body(),
      { dryRun: false, validate },
      fixture.context,
    );
    expect(await refused.catch(String)).to.equal('Error: no');
    expect(await fixture.names()).to.deep.equal([]);
  });

  it('says of a name that is taken by something that goes that it goes', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create({ finalizers: ['example.com/wait'] });
    await fixture.delete();
    expect(await refusal(fixture.create())).to.deep.include({
      reason: 'AlreadyExists',
      message: 'object is being deleted: configmaps "one" already exists',
    });
  });

  describe('in a dry run', () => {
    it('answers as usual and stores nothing', async () => {
      await using fixture = await VerbFixture.open();
      const { metadata } = await fixture.create({}, { dryRun: true });
      expect(metadata.uid).to.match(uuid);
      expect(metadata).to.not.have.property('resourceVersion');
      expect(await fixture.names()).to.deep.equal([]);
    });

    it('refuses a name that is taken', async () => {
      await using fixture = await VerbFixture.open();
      await fixture.create();
      expect(await refusal(fixture.create({}, { dryRun: true }))).to.have.property(
        'reason',
        'AlreadyExists',
      );
    });
  });

  describe('with generateName', () => {
    /** A store in which the first `taken` names that are made up are taken by others just before. */
    async function crowded(taken: number) {
      const tried: string[] = [];
      let others = 0;
      const fixture: VerbFixture = await VerbFixture.open({
        hooks: () => ({
          beginCreate: async ({ metadata }) => {
            if (metadata.generateName === undefined) return {};
            tried.push(metadata.name ?? '');
            if (others++ < taken) await fixture.create({ name: metadata.name });
            return {};
          },
        }),
      });
      return { fixture, tried };
    }

    it('makes up a name of five more characters', async () => {
      await using fixture = await VerbFixture.open();
      const { metadata } = await fixture.create({ name: '', generateName: 'it-' });
      expect(metadata.name).to.match(/^it-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    });

    it('takes the name that is given, if there is one', async () => {
      await using fixture = await VerbFixture.open();
      const { metadata } = await fixture.create({ generateName: 'it-' });
      expect(metadata.name).to.equal('one');
    });

    it('makes up another name when the first is taken', async () => {
      const { fixture, tried } = await crowded(3);
      await using _ = fixture;
      const { metadata } = await fixture.create({ name: '', generateName: 'it-' });
      expect(new Set(tried)).to.have.property('size', 4);
      expect(metadata.name).to.equal(tried[3]);
    });

    it('asks the client to try again after eight names', async () => {
      const { fixture, tried } = await crowded(100);
      await using _ = fixture;
      const error = await refusal(fixture.create({ name: '', generateName: 'it-' }));
      expect(tried).to.have.length(8);
      expect(error).to.deep.include({ reason: 'AlreadyExists', code: 409 });
      expect(error.details?.retryAfterSeconds).to.equal(1);
    });
  });
});
