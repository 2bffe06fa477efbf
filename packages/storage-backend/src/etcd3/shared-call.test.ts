import { expect } from 'chai';
import { describe, it } from 'mocha';
import { SharedCall } from './shared-call.ts';

/** Calls that end when the test says so. */
function calls() {
  const begun: PromiseWithResolvers<number>[] = [];
  let time = 0;
  const shared = new SharedCall(
    () => {
      const call = Promise.withResolvers<number>();
      begun.push(call);
      return call.promise;
    },
    () => time,
  );
  return { begun, shared, pass: (milliseconds: number) => (time += milliseconds) };
}

describe('a shared call', () => {
  it('answers only those who asked before it began; the others share the next one', async () => {
    const { begun, shared } = calls();
    const first = shared.get();
    const [second, third] = [shared.get(), shared.get()];
    expect(begun.length).to.equal(1);
    begun[0]?.resolve(1);
    expect(await first).to.equal(1);
    await Promise.resolve();
    expect(begun.length).to.equal(2);
    const fourth = shared.get();
    begun[1]?.resolve(2);
    expect(await Promise.all([second, third])).to.deep.equal([2, 2]);
    await Promise.resolve();
    begun[2]?.resolve(3);
    expect(await fourth).to.equal(3);
  });

  it('fails those who share it, and nobody else', async () => {
    const { begun, shared } = calls();
    const failing = shared.get().catch((error: Error) => error.message);
    const next = shared.get();
    begun[0]?.reject(new Error('away'));
    expect(await failing).to.equal('away');
    await Promise.resolve();
    begun[1]?.resolve(2);
    expect(await next).to.equal(2);
  });

  it('is not waited for when it takes long', async () => {
    const { begun, shared, pass } = calls();
    const slow = shared.get();
    pass(1001);
    const own = shared.get();
    begun[1]?.resolve(2);
    expect(await own).to.equal(2);
    begun[0]?.resolve(1);
    expect(await slow).to.equal(1);
    const later = shared.get();
    begun[2]?.resolve(3);
    expect(await later).to.equal(3);
  });
});
