import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ManualTime } from './testing/manual-time.ts';
import { Timetable } from './timetable.ts';

describe('timetable', () => {
  it('keeps appointments in order on one timer', async () => {
    const time = new ManualTime(0);
    const timetable = new Timetable(time, time);
    const log: string[] = [];
    for (const due of [300, 100, 200, 100])
      timetable.at(due, () => log.push(`${due} at ${time.now()}`));
    expect(time.pending).to.equal(1);
    await time.pass(250);
    expect(log).to.deep.equal(['100 at 100', '100 at 100', '200 at 200']);
    await time.pass(100);
    expect(log.at(-1)).to.equal('300 at 300');
    expect(time.pending).to.equal(0);
  });

  it('leaves out what was called off', async () => {
    const time = new ManualTime(0);
    const timetable = new Timetable(time, time);
    const log: string[] = [];
    const appointment = timetable.at(100, () => log.push('called off'));
    timetable.at(100, () => log.push('kept'));
    appointment.stop();
    appointment.stop();
    await time.pass(1000);
    expect(log).to.deep.equal(['kept']);
  });

  it('keeps appointments that are made while others are kept', async () => {
    const time = new ManualTime(0);
    const timetable = new Timetable(time, time);
    const log: number[] = [];
    const again = (): void => {
      log.push(time.now());
      if (log.length < 3) timetable.at(time.now() + 10, again);
    };
    timetable.at(10, again);
    await time.pass(100);
    expect(log).to.deep.equal([10, 20, 30]);
  });
});
