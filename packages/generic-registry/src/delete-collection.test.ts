import { parseLabelSelector } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { refusal, VerbFixture, type Special } from './testing/verb-fixture.ts';

async function openWithThree(special: Special = {}): Promise<VerbFixture> {
  const fixture = await VerbFixture.open(special);
  for (const name of ['a', 'b', 'c']) await fixture.create({ name, labels: { name } });
  const elsewhere = { ...fixture.context, namespace: 'other' };
  await fixture.store.create(fixture.body({ name: 'd' }), { dryRun: false }, elsewhere);
  return fixture;
}

const names = (items: readonly { object: { metadata: { name?: string } } }[]) =>
  items.map(({ object }) => object.metadata.name);

describe('deleteCollection', () => {
  it('deletes what is in the namespace of the request, and says what it was', async () => {
    await using fixture = await openWithThree();
    const { items } = await fixture.store.deleteCollection({ dryRun: false }, {}, fixture.context);
    expect(names(items)).to.deep.equal(['a', 'b', 'c']);
    expect(await fixture.names()).to.deep.equal(['other/d']);
  });

  it('deletes what is selected', async () => {
    await using fixture = await openWithThree();
    const labelSelector = parseLabelSelector('name in (a,c)');
    await fixture.store.deleteCollection({ dryRun: false }, { labelSelector }, fixture.context);
    expect(await fixture.names()).to.deep.equal(['default/b', 'other/d']);
  });

  it('deletes one page when it is given a limit', async () => {
    await using fixture = await openWithThree();
    const { items, continue: token } = await fixture.store.deleteCollection(
      { dryRun: false },
      { limit: 2 },
      fixture.context,
    );
    expect(names(items)).to.deep.equal(['a', 'b']);
    expect(token).to.be.a('string');
    expect(await fixture.names()).to.deep.equal(['default/c', 'other/d']);
  });

  it('in a dry run deletes nothing', async () => {
    await using fixture = await openWithThree();
    await fixture.store.deleteCollection({ dryRun: true }, {}, fixture.context);
    expect(await fixture.names()).to.have.length(4);
  });

  it('marks what has finalizers', async () => {
    await using fixture = await openWithThree();
    await fixture.create({ name: 'e', finalizers: ['example.com/wait'] });
    await fixture.store.deleteCollection({ dryRun: false }, {}, fixture.context);
    expect(await fixture.names()).to.deep.equal(['default/e', 'other/d']);
    expect((await fixture.stored('e'))?.metadata.deletionTimestamp).to.be.a('string');
  });

  it('does not mind what others delete meanwhile', async () => {
    await using fixture = await openWithThree();
    const validate = async ({ metadata }: { metadata: { name?: string } }) => {
      if (metadata.name === 'a') await fixture.delete({}, 'b');
    };
    await fixture.store.deleteCollection({ dryRun: false, validate }, {}, fixture.context);
    expect(await fixture.names()).to.deep.equal(['other/d']);
  });

  it('ends with the first refusal', async () => {
    await using fixture = await openWithThree();
    const preconditions = { uid: 'other' };
    const deletion = fixture.store.deleteCollection(
      { dryRun: false, preconditions },
      {},
      fixture.context,
    );
    expect(await refusal(deletion)).to.have.property('reason', 'Conflict');
    expect(await fixture.names()).to.have.length(4);
  });

  it('is no verb of a kind without it', async () => {
    await using fixture = await VerbFixture.open({ deleteCollection: false });
    expect('deleteCollection' in fixture.store).to.equal(false);
  });
});
