import { createMemoryBackend } from '@keelson/storage-backend/memory';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { storeProbe } from './store-probe.ts';

/** A store that answers with its revision when it is told to. */
function aSlowStore() {
  const store = createMemoryBackend();
  let asked = 0;
  const answer = Promise.withResolvers<number>();
  store.revision = () => {
    asked++;
    return answer.promise;
  };
  return { store, answer, asked: () => asked };
}

const problemOf = async (check: Promise<void>): Promise<unknown> =>
  check.then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );

describe('the check of the store', () => {
  it('passes when the store answers', async () => {
    await storeProbe(createMemoryBackend())(2000);
  });

  it('fails in the words of kube-apiserver when it does not answer in time', async () => {
    const { store } = aSlowStore();
    expect(await problemOf(storeProbe(store)(1))).to.equal(
      'error getting data from etcd: context deadline exceeded',
    );
  });

  it('fails with what the store says', async () => {
    const { store, answer } = aSlowStore();
    const problem = problemOf(storeProbe(store)(2000));
    answer.reject(new Error('it burns'));
    expect(await problem).to.equal('it burns');
  });

  it('fails when nothing can be written any more', async () => {
    const { store, answer } = aSlowStore();
    answer.resolve(1);
    const broken = Object.assign(store, {
      health: () => Promise.reject(new Error('the disk failed')),
    });
    expect(await problemOf(storeProbe(broken)(2000))).to.equal('the disk failed');
  });

  it('asks a store that is slow once, and anew when it has answered', async () => {
    const { store, answer, asked } = aSlowStore();
    const probe = storeProbe(store);
    const checks = [probe(2000), probe(2000)];
    expect(asked()).to.equal(1);
    answer.resolve(1);
    await Promise.all(checks);
    await probe(2000);
    expect(asked()).to.equal(2);
  });
});
