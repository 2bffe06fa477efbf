import type { StorageBackend } from '@keelson/storage-backend';
import { MemoryBackend } from '@keelson/storage-backend/memory';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { Model } from './model.ts';
import type { Acknowledged } from './workload.ts';

async function write(store: StorageBackend, name: string, value: string): Promise<Acknowledged> {
  const keys = [`/left/${name}`, `/right/${name}`];
  const { revision } = await store.transact({
    compare: [],
    then: keys.map((key) => ({ type: 'put', key, value: new TextEncoder().encode(value) })),
  });
  return { revision, writes: keys.map((key) => [key, value]) };
}

describe('the check after a kill', () => {
  it('passes when all is there, acknowledged or not', async () => {
    await using store = new MemoryBackend();
    const model = await Model.of(store);
    const done = await write(store, 'a', '1');
    await write(store, 'b', '2');
    await model.check(store, [done]);
    expect(model.unacknowledged).to.equal(1);
  });

  const planted: readonly {
    name: string;
    says: RegExp;
    spoil: (done: Acknowledged) => Acknowledged;
  }[] = [
    {
      name: 'an acknowledged write that is not there',
      says: /was acknowledged/,
      spoil: (done) => ({ ...done, revision: done.revision + 7 }),
    },
    {
      name: 'an acknowledged write with another value',
      says: /was acknowledged/,
      spoil: ({ revision, writes }) => ({ revision, writes: writes.map(([key]) => [key, 'x']) }),
    },
  ];
  for (const { name, says, spoil } of planted) {
    it(`finds ${name}`, async () => {
      await using store = new MemoryBackend();
      const model = await Model.of(store);
      const done = spoil(await write(store, 'a', '1'));
      const error = await model.check(store, [done]).catch((reason: Error) => reason);
      expect(error).to.be.instanceOf(Error).with.property('message').that.matches(says);
    });
  }

  it('finds a torn transaction', async () => {
    await using store = new MemoryBackend();
    const model = await Model.of(store);
    await store.transact({
      compare: [],
      then: [{ type: 'put', key: '/left/a', value: new Uint8Array(1) }],
    });
    const error = await model.check(store, []).catch((reason: Error) => reason);
    expect(error).to.be.instanceOf(Error).with.property('message').that.matches(/torn/);
  });
});
