import { StatusError } from '@keelson/api-machinery';
import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { WriteEffects, WriteHooks } from './resource.ts';
import { refusal, VerbFixture } from './testing/verb-fixture.ts';

const number = '/registry/numbers/7';
const put = { type: 'put', key: number, value: Buffer.from('taken') } as const;

/** An allocation of the number 7 that goes along with the object, and what became of it. */
function allocation(
  log: string[],
  more: WriteEffects = {},
): Required<Pick<WriteEffects, 'also'>> & WriteEffects {
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- the contract's word
    also: { compare: [{ key: number, revision: 0 }], then: [put] },
    commit: () => void log.push('commit'),
    rollback: () => void log.push('rollback'),
    ...more,
  };
}

async function openWith(hooks: WriteHooks<ConfigMap>): Promise<VerbFixture> {
  return VerbFixture.open({ hooks: () => hooks });
}

describe('What is allocated with a write', () => {
  it('is written with the object, at the same revision', async () => {
    const log: string[] = [];
    await using fixture = await openWith({
      beginCreate: (object) => {
        object.data = { number: '7' };
        return Promise.resolve(allocation(log));
      },
    });
    const { data, metadata } = await fixture.create();
    const entry = await fixture.opened.backend.get(number);
    expect(data).to.deep.equal({ number: '7' });
    expect(entry?.revision).to.equal(Number(metadata.resourceVersion));
    expect(log).to.deep.equal(['commit']);
  });

  it('is chosen anew when somebody else took it meanwhile', async () => {
    const log: string[] = [];
    let attempts = 0;
    await using fixture = await openWith({
      beginCreate: async () => {
        attempts++;
        if (attempts > 1) return { commit: () => void log.push('commit without') };
        const effects = allocation(log);
        // oxlint-disable-next-line unicorn/no-thenable -- the contract's word
        await fixture.opened.backend.transact({ compare: [], then: [put] });
        return effects;
      },
    });
    await fixture.create();
    expect(log).to.deep.equal(['rollback', 'commit without']);
  });

  const failures: readonly {
    name: string;
    fails(fixture: VerbFixture): Promise<unknown>;
  }[] = [
    { name: 'the object is invalid', fails: (fixture) => fixture.create({ name: 'No' }) },
    { name: 'it is a dry run', fails: (fixture) => fixture.create({}, { dryRun: true }) },
    {
      name: 'admission refuses the object',
      fails: (fixture) =>
        fixture.store.create(
          fixture.body(),
          { dryRun: false, validate: () => Promise.reject(new Error('no')) },
          fixture.context,
        ),
    },
  ];
  for (const failure of failures) {
    it(`is given back when ${failure.name}`, async () => {
      const log: string[] = [];
      await using fixture = await openWith({
        beginCreate: () => Promise.resolve(allocation(log)),
      });
      await failure.fails(fixture).catch(() => undefined);
      expect(log).to.deep.equal(['rollback']);
      expect(await fixture.opened.backend.get(number)).to.equal(undefined);
    });
  }

  it('is given back when the name is taken', async () => {
    const log: string[] = [];
    await using fixture = await openWith({
      beginCreate: (object) =>
        Promise.resolve(object.metadata.labels === undefined ? {} : allocation(log)),
    });
    await fixture.create();
    expect(await refusal(fixture.create({ labels: { a: 'b' } }))).to.have.property(
      'reason',
      'AlreadyExists',
    );
    expect(log).to.deep.equal(['rollback']);
  });

  it('may be refused', async () => {
    await using fixture = await openWith({
      beginCreate: () =>
        Promise.reject(new StatusError({ code: 422, reason: 'Invalid', message: 'all are taken' })),
    });
    expect(await refusal(fixture.create())).to.have.property('message', 'all are taken');
    expect(await fixture.names()).to.deep.equal([]);
  });

  it('goes along with updates, and is given back when one changes nothing', async () => {
    const log: string[] = [];
    await using fixture = await openWith({ beginUpdate: () => Promise.resolve(allocation(log)) });
    await fixture.create();
    await fixture.update(() => undefined);
    expect(await fixture.opened.backend.get(number)).to.equal(undefined);
    const { object } = await fixture.update((copy) => void (copy.data = { a: '1' }));
    const entry = await fixture.opened.backend.get(number);
    expect(entry?.revision).to.equal(Number(object.metadata.resourceVersion));
    expect(log).to.deep.equal(['rollback', 'commit']);
  });

  it('is given back with the object, whichever way that goes', async () => {
    const log: string[] = [];
    await using fixture = await openWith({
      beginDelete: () =>
        Promise.resolve({
          // oxlint-disable-next-line unicorn/no-thenable -- the contract's word
          also: { compare: [], then: [{ type: 'delete', key: number }] },
          commit: () => void log.push('commit'),
        }),
    });
    const take = () =>
      // oxlint-disable-next-line unicorn/no-thenable -- the contract's word
      fixture.opened.backend.transact({ compare: [], then: [put] });
    await fixture.create();
    await take();
    await fixture.delete();
    expect(await fixture.opened.backend.get(number)).to.equal(undefined);
    await fixture.create({ finalizers: ['example.com/wait'] });
    await take();
    await fixture.delete();
    expect(await fixture.opened.backend.get(number)).to.not.equal(undefined);
    await fixture.update((copy) => void delete copy.metadata.finalizers);
    expect(await fixture.opened.backend.get(number)).to.equal(undefined);
    expect(log).to.deep.equal(['commit', 'commit']);
  });

  it('is no matter of subresources', async () => {
    let asked = 0;
    await using fixture = await openWith({
      beginUpdate: () => {
        asked++;
        return Promise.resolve({});
      },
    });
    await fixture.create();
    const status = fixture.store.withStrategy({ namespaced: true });
    const apply = (current = fixture.body()) => Promise.resolve({ ...current, data: { a: '1' } });
    await status.update('one', { apply }, { dryRun: false }, fixture.context);
    expect(asked).to.equal(0);
  });
});
