import { expect } from 'chai';
import { describe, it } from 'mocha';
import { VerbFixture } from './testing/verb-fixture.ts';

/** Counts what is asked of the store. */
function watchOver({ opened: { backend } }: VerbFixture): { readonly asked: number } {
  const count = { asked: 0 };
  const get = backend.get.bind(backend);
  const revision = backend.revision.bind(backend);
  backend.get = (key, options) => {
    count.asked++;
    return get(key, options);
  };
  backend.revision = () => {
    count.asked++;
    return revision();
  };
  return count;
}

describe('what a store has seen', () => {
  it('is told without asking the backend', async () => {
    await using fixture = await VerbFixture.open();
    const created = await fixture.create();
    const backend = watchOver(fixture);
    const seen = await fixture.store.seen('default', 'one');
    expect(seen?.object.metadata.uid).to.equal(created.metadata.uid);
    expect(backend.asked).to.equal(0);
  });

  it('is asked of the backend where there is nothing', async () => {
    await using fixture = await VerbFixture.open();
    const backend = watchOver(fixture);
    expect(await fixture.store.seen('default', 'one')).to.equal(undefined);
    expect(backend.asked).to.be.above(0);
  });
});
