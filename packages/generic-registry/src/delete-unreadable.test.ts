import { expect } from 'chai';
import { describe, it } from 'mocha';
import { refusal, VerbFixture } from './testing/verb-fixture.ts';

const unsafe = { ignoreStoreReadErrorWithClusterBreakingPotential: true };
const key = '/registry/configmaps/default/bad';

/** A store with an object that can be read, and one that cannot. */
async function openWithBad(text = 'garbage'): Promise<VerbFixture> {
  const fixture = await VerbFixture.open();
  await fixture.create();
  const value = Buffer.from(text);
  // oxlint-disable-next-line unicorn/no-thenable -- the contract's word
  await fixture.opened.backend.transact({ compare: [], then: [{ type: 'put', key, value }] });
  return fixture;
}

describe('What cannot be read', () => {
  it('cannot be got, changed or deleted', async () => {
    await using fixture = await openWithBad();
    const { store, context } = fixture;
    const apply = () => Promise.resolve(fixture.body({ name: 'bad' }));
    for (const verb of [
      store.get('bad', {}, context),
      store.update('bad', { apply }, { dryRun: false }, context),
      fixture.delete({}, 'bad'),
    ])
      expect(await refusal(verb)).to.deep.include({ code: 500, reason: 'InternalError' });
  });

  it('is told by lists, by its key', async () => {
    await using fixture = await openWithBad();
    const error = await refusal(fixture.store.list({}, fixture.context));
    expect(error).to.deep.include({ code: 500, reason: 'StorageReadError' });
    expect(error.details?.causes?.[0]).to.deep.include({
      reason: 'UnexpectedServerResponse',
      field: key,
    });
  });

  for (const text of ['garbage', '{"metadata":', ''])
    it(`can be deleted the unsafe way: ${JSON.stringify(text)}`, async () => {
      await using fixture = await openWithBad(text);
      const { deleted, last, returnObject } = await fixture.delete(unsafe, 'bad');
      expect({ deleted, returnObject }).to.deep.equal({ deleted: true, returnObject: false });
      expect(last.object.metadata).to.deep.equal({ name: 'bad', namespace: 'default' });
      expect(await fixture.names()).to.deep.equal(['default/one']);
    });

  it('stays in a dry run, and when admission refuses', async () => {
    await using fixture = await openWithBad();
    expect(await fixture.delete({ ...unsafe, dryRun: true }, 'bad')).to.have.property(
      'deleted',
      true,
    );
    const validate = () => Promise.reject(new Error('no'));
    expect(await fixture.delete({ ...unsafe, validate }, 'bad').catch(String)).to.equal(
      'Error: no',
    );
    expect(await fixture.opened.backend.get(key)).to.not.equal(undefined);
  });

  it('is all that the unsafe way is for', async () => {
    await using fixture = await openWithBad();
    expect(await refusal(fixture.delete(unsafe, 'one'))).to.have.property('reason', 'Conflict');
    expect(await refusal(fixture.delete(unsafe, 'none'))).to.have.property('reason', 'NotFound');
  });
});
