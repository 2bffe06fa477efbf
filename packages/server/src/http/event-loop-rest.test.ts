import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { EventLoopRest } from './event-loop-rest.ts';

const much = 16 * 1024;

describe('a rest of the event loop', () => {
  async function restsOf(
    use: (rest: EventLoopRest) => Promise<void> | void,
    isAwaited = () => false,
  ): Promise<number[]> {
    const rests: number[] = [];
    const rest = new EventLoopRest(isAwaited, (milliseconds) => void rests.push(milliseconds));
    await use(rest);
    for (let turn = 0; turn < 100; turn++) await nextTurn();
    return rests;
  }

  const cases: readonly { name: string; bytes: readonly number[]; rests: number }[] = [
    { name: 'is not taken for little', bytes: [much - 1], rests: 0 },
    { name: 'is taken after much', bytes: [much], rests: 1 },
    { name: 'counts what was written together', bytes: Array<number>(much).fill(1), rests: 1 },
    { name: 'is taken again after more', bytes: [much * 3 + 1], rests: 3 },
    { name: 'is not owed without end', bytes: [much * 1_000], rests: 64 },
  ];
  for (const { name, bytes, rests } of cases)
    it(name, async () => {
      const taken = await restsOf((rest) => bytes.forEach((count) => rest.wrote(count)));
      expect(taken).to.deep.equal(Array<number>(rests).fill(1));
    });

  it('lets the loop turn between two', async () => {
    const order: string[] = [];
    const rest = new EventLoopRest(
      () => false,
      () => void order.push('rest'),
    );
    rest.wrote(much * 2);
    for (let turn = 0; turn < 3; turn++) {
      await nextTurn();
      order.push('turn');
    }
    expect(order).to.deep.equal(['rest', 'turn', 'rest', 'turn', 'turn']);
  });

  it('waits while somebody waits for an answer', async () => {
    let isAwaited = true;
    const rests: number[] = [];
    const rest = new EventLoopRest(
      () => isAwaited,
      (milliseconds) => void rests.push(milliseconds),
    );
    rest.wrote(much);
    await nextTurn();
    await nextTurn();
    expect(rests).to.deep.equal([]);
    isAwaited = false;
    rest.resume();
    await nextTurn();
    expect(rests).to.deep.equal([1]);
  });

  it('is given up when somebody comes', async () => {
    let isAwaited = false;
    const taken = await restsOf(
      (rest) => {
        rest.wrote(much);
        isAwaited = true;
      },
      () => isAwaited,
    );
    expect(taken).to.deep.equal([]);
  });
});
