import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { SharedCall } from './shared-call.ts';

/** Long enough for a call to begin. */
async function aMoment(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

/** Calls that end when the test says so. */
function calls() {
  const begun: PromiseWithResolvers<number>[] = [];
  let time = 0;
  const pauses: PromiseWithResolvers<void>[] = [];
  const pause = (): Promise<void> => {
    const made = Promise.withResolvers<void>();
    pauses.push(made);
    return made.promise;
  };
  const shared = new SharedCall(
    () => {
      const call = Promise.withResolvers<number>();
      begun.push(call);
      return call.promise;
    },
    { now: () => time, pause },
  );
  return { begun, shared, pauses, pass: (milliseconds: number) => (time += milliseconds) };
}

describe('a shared call', () => {
  it('answers only those who asked before it began; the others share the next one', async () => {
    const { begun, shared } = calls();
    const early = [shared.get(), shared.get()];
    await aMoment();
    const [late, latest] = [shared.get(), shared.get()];
    expect(begun.length).to.equal(1);
    begun[0]?.resolve(1);
    expect(await Promise.all(early)).to.deep.equal([1, 1]);
    await aMoment();
    expect(begun.length).to.equal(2);
    const last = shared.get();
    begun[1]?.resolve(2);
    expect(await Promise.all([late, latest])).to.deep.equal([2, 2]);
    await aMoment();
    begun[2]?.resolve(3);
    expect(await last).to.equal(3);
  });

  it('waits for more to share it where many shared the last one', async () => {
    const { begun, shared, pauses } = calls();
    const first = Array.from({ length: 6 }, () => shared.get());
    await aMoment();
    begun[0]?.resolve(1);
    expect(await Promise.all(first)).to.deep.equal([1, 1, 1, 1, 1, 1]);
    const early = shared.get();
    await aMoment();
    const late = shared.get();
    expect([begun.length, pauses.length]).to.deep.equal([1, 1]);
    pauses[0]?.resolve();
    await aMoment();
    begun[1]?.resolve(2);
    expect(await Promise.all([early, late])).to.deep.equal([2, 2]);
    const alone = shared.get();
    await aMoment();
    begun[2]?.resolve(3);
    expect(await alone).to.equal(3);
  });

  it('fails those who share it, and nobody else', async () => {
    const { begun, shared } = calls();
    const failing = shared.get().catch((error: Error) => error.message);
    await aMoment();
    const next = shared.get();
    begun[0]?.reject(new Error('away'));
    expect(await failing).to.equal('away');
    await aMoment();
    begun[1]?.resolve(2);
    expect(await next).to.equal(2);
  });

  it('is not waited for when it takes long', async () => {
    const { begun, shared, pass } = calls();
    const slow = shared.get();
    await aMoment();
    pass(1001);
    const own = shared.get();
    begun[1]?.resolve(2);
    expect(await own).to.equal(2);
    begun[0]?.resolve(1);
    expect(await slow).to.equal(1);
    const later = shared.get();
    await aMoment();
    begun[2]?.resolve(3);
    expect(await later).to.equal(3);
  });
});
