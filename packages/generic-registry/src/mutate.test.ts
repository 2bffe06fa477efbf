import { badRequestError } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { refusal, VerbFixture } from './testing/verb-fixture.ts';

describe('mutate', () => {
  it('changes an object outside of its strategy', async () => {
    await using fixture = await VerbFixture.open({
      strategy: {
        namespaced: true,
        prepareForUpdate: (object, old) => void (object.data = old.data ?? {}),
      },
    });
    await fixture.create();
    const { object } = await fixture.store.mutate('default', 'one', (copy) => ({
      ...copy,
      data: { a: '1' },
    }));
    expect(object.data).to.deep.equal({ a: '1' });
  });

  it('tries again when somebody else was faster', async () => {
    await using fixture = await VerbFixture.open();
    await fixture.create();
    let racing: Promise<unknown> | undefined;
    const { object } = await fixture.store.mutate('default', 'one', (copy) => {
      racing ??= fixture.update((theirs) => void (theirs.data = { theirs: 'yes' }));
      return { ...copy, data: { ...copy.data, mine: 'yes' } };
    });
    await racing;
    expect((await fixture.stored())?.data).to.include({ theirs: 'yes' });
    expect(object.data).to.include({ mine: 'yes' });
  });

  const idle = [
    { name: 'nothing', change: () => undefined, dryRun: false },
    { name: 'the same', change: <O>(object: O) => object, dryRun: false },
    {
      name: 'something, in a dry run',
      change: <O>(object: O) => ({ ...object, data: {} }),
      dryRun: true,
    },
  ];
  for (const { name, change, dryRun } of idle) {
    it(`keeps the revision when it stores ${name}`, async () => {
      await using fixture = await VerbFixture.open();
      const { metadata } = await fixture.create();
      const { object } = await fixture.store.mutate('default', 'one', change, { dryRun });
      expect(object.metadata.resourceVersion).to.equal(metadata.resourceVersion);
    });
  }

  it('lets refusals through, and knows nothing of what is not there', async () => {
    await using fixture = await VerbFixture.open();
    const refuse = () => {
      throw badRequestError('no');
    };
    const change = () => fixture.store.mutate('default', 'one', refuse);
    expect(await refusal(change())).to.have.property('reason', 'NotFound');
    await fixture.create();
    expect(await refusal(change())).to.have.property('message', 'no');
  });
});
