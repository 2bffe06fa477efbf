import { expect } from 'chai';
import { describe, it } from 'mocha';
import { Freshness } from './freshness.ts';
import { ManualTime, settle } from './testing/manual-time.ts';

describe('freshness', () => {
  it('lets nobody wait for what is there', () => {
    const freshness = new Freshness(new ManualTime(), () => undefined);
    freshness.advance(5);
    expect([freshness.until(5), freshness.until(0), freshness.revision]).to.deep.equal([
      undefined,
      undefined,
      5,
    ]);
  });

  it('lets each wait for its own revision', async () => {
    const freshness = new Freshness(new ManualTime(), () => undefined);
    const log: number[] = [];
    for (const revision of [7, 5, 6])
      void freshness.until(revision)?.then(() => log.push(revision));
    for (const [revision, there] of [
      [4, []],
      [5, [5]],
      [7, [5, 7, 6]],
    ] as const) {
      freshness.advance(revision);
      await settle();
      expect(log).to.deep.equal(there);
    }
  });

  it('never goes back', () => {
    const freshness = new Freshness(new ManualTime(), () => undefined);
    freshness.advance(5);
    freshness.advance(3);
    expect(freshness.revision).to.equal(5);
  });

  it('asks for progress at once and every 100 ms, while somebody waits', async () => {
    const time = new ManualTime();
    let asked = 0;
    const freshness = new Freshness(time, () => asked++);
    await time.pass(1000);
    expect(asked).to.equal(0);
    const waiting = [freshness.until(5), freshness.until(5)];
    expect(asked).to.equal(1);
    await time.pass(250);
    expect(asked).to.equal(3);
    freshness.advance(5);
    for (const each of waiting) await each;
    await time.pass(1000);
    expect(asked).to.equal(3);
    expect(time.pending).to.equal(0);
  });

  it('asks for those who come later once, until there is an answer or 100 ms have passed', async () => {
    const time = new ManualTime();
    let asked = 0;
    const freshness = new Freshness(time, () => asked++);
    freshness.nudge();
    freshness.nudge();
    expect(asked).to.equal(1);
    freshness.advance(5);
    freshness.nudge();
    await time.pass(99);
    freshness.nudge();
    expect(asked).to.equal(2);
    await time.pass(1);
    freshness.nudge();
    expect(asked).to.equal(3);
    freshness.close(new Error('closed'));
    expect(time.pending).to.equal(0);
  });

  it('gives up after three seconds, each for itself', async () => {
    const time = new ManualTime();
    const freshness = new Freshness(time, () => undefined);
    const errors: unknown[] = [];
    const wait = (revision: number): void =>
      void freshness.until(revision)?.catch((error: unknown) => errors.push(error));
    wait(5);
    await time.pass(2000);
    wait(6);
    await time.pass(1000);
    expect(errors).to.have.lengthOf(1);
    expect(errors[0]).to.include({
      code: 504,
      message: 'Timeout: Too large resource version: 5, current: 0',
    });
    await time.pass(2000);
    expect(errors).to.have.lengthOf(2);
  });
});
