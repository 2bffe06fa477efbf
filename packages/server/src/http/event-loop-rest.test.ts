import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { EventLoopRest } from './event-loop-rest.ts';

const many = 250;

function write({ rest }: Recorded, writes: number, bytesEach = 2048): void {
  for (let done = 0; done < writes; done++) rest.wrote(bytesEach);
}

interface Recorded {
  readonly rest: EventLoopRest;
  readonly rests: number[];
  isAwaited: boolean;
}

function recorded(): Recorded {
  const rests: number[] = [];
  const rest = new EventLoopRest(
    () => record.isAwaited,
    (milliseconds) => void rests.push(milliseconds),
  );
  const record: Recorded = { rest, rests, isAwaited: false };
  return record;
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextTurn();
}

describe('a rest of the event loop', () => {
  const cases: readonly { name: string; writes: number; bytesEach: number; rests: number }[] = [
    { name: 'is not taken for few writes', writes: many - 1, bytesEach: 8192, rests: 0 },
    { name: 'is taken for every 16 KiB of many', writes: many, bytesEach: 2048, rests: 32 },
    { name: 'is taken once for little in many', writes: many, bytesEach: 4, rests: 1 },
    { name: 'is not owed without end', writes: many, bytesEach: 65_536, rests: 64 },
  ];
  for (const { name, writes, bytesEach, rests } of cases)
    it(name, async () => {
      const record = recorded();
      write(record, writes, bytesEach);
      await turns(100);
      expect(record.rests).to.deep.equal(Array<number>(rests).fill(1));
    });

  it('does not count the writes of other turns', async () => {
    const record = recorded();
    for (let turn = 0; turn < 5; turn++) {
      write(record, many - 1);
      await nextTurn();
    }
    expect(record.rests).to.deep.equal([]);
  });

  it('lets the loop turn before the next one', async () => {
    const record = recorded();
    write(record, many);
    for (let turn = 1; turn <= 3; turn++) {
      await nextTurn();
      expect(record.rests.length).to.equal(turn);
    }
  });

  it('waits while somebody waits for an answer', async () => {
    const record = recorded();
    record.isAwaited = true;
    write(record, many);
    await turns(3);
    expect(record.rests).to.deep.equal([]);
    record.isAwaited = false;
    record.rest.resume();
    await turns(100);
    expect(record.rests.length).to.equal(32);
  });

  it('stops as soon as somebody asks', async () => {
    const record = recorded();
    write(record, many);
    await turns(2);
    record.isAwaited = true;
    await turns(100);
    expect(record.rests.length).to.equal(2);
  });
});
