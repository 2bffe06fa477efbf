import { expect } from 'chai';
import { describe, it } from 'mocha';
import { aThing, Fixture, things } from './testing/fixture.ts';
import { settle } from './testing/manual-time.ts';
import { RecordingSink } from './testing/recording-sink.ts';

const made = Buffer.from('made');
const sendInitialEvents = { resourceVersion: '0' };

/** A storage with so many things. */
async function openWith(count: number): Promise<Fixture> {
  const fixture = await Fixture.open();
  for (let n = 0; n < count; n++) await fixture.create(aThing(`t${String(n).padStart(4, '0')}`));
  return fixture;
}

/** How often the first event of a sink is encoded when it is asked for once more. */
function encodedAgain(sink: RecordingSink<unknown>): number {
  let times = 0;
  const [event] = sink.batches.flat();
  if (event?.type === 'ADDED')
    event.encoded('json', () => {
      times++;
      return made;
    });
  return times;
}

describe('The events that watches begin with', () => {
  it('are the same for all that begin at once', async () => {
    await using fixture = await openWith(3);
    const sinks = Array.from({ length: 50 }, () => new RecordingSink());
    for (const sink of sinks) {
      sink.hold();
      await fixture.storage.watch(things, sendInitialEvents, sink);
    }
    const [first] = sinks;
    for (const sink of sinks)
      expect(sink.batches[0]?.every((event, n) => event === first?.batches[0]?.[n])).to.equal(true);
  });

  it('come in the very same arrays, of which bytes are made once', async () => {
    await using fixture = await openWith(501);
    const sinks = [new RecordingSink(), new RecordingSink(), new RecordingSink()];
    for (const sink of sinks) {
      sink.hold();
      await fixture.storage.watch(things, sendInitialEvents, sink);
    }
    for (const sink of sinks) sink.release();
    await settle();
    const [first] = sinks;
    expect(first?.batches.map(({ length }) => length)).to.deep.equal([500, 1]);
    for (const sink of sinks) expect(sink.batches[0]).to.equal(first?.batches[0]);
  });

  it('are made anew at another revision', async () => {
    await using fixture = await openWith(1);
    const [early, late] = [new RecordingSink(), new RecordingSink()];
    early.hold();
    await fixture.storage.watch(things, sendInitialEvents, early);
    await fixture.create(aThing('u'));
    await fixture.storage.watch(things, sendInitialEvents, late);
    expect(early.log).to.deep.equal(['ADDED t0000']);
    expect(late.log).to.deep.equal(['ADDED t0000', 'ADDED u']);
    expect(early.batches[0]?.[0]).to.not.equal(late.batches[0]?.[0]);
  });

  it('keep their encodings while others read them', async () => {
    await using fixture = await openWith(501);
    const [one, other] = [new RecordingSink(), new RecordingSink()];
    for (const sink of [one, other]) {
      sink.hold();
      await fixture.storage.watch(things, sendInitialEvents, sink);
    }
    expect(encodedAgain(one)).to.equal(1);
    one.release();
    await settle();
    expect(one.batches).to.have.length(2);
    expect(encodedAgain(other)).to.equal(0);
  });

  it('lose their encodings behind the only one who reads them', async () => {
    await using fixture = await openWith(501);
    const sink = new RecordingSink();
    sink.hold();
    await fixture.storage.watch(things, sendInitialEvents, sink);
    expect(encodedAgain(sink)).to.equal(1);
    sink.release();
    await settle();
    expect(sink.batches).to.have.length(2);
    expect(encodedAgain(sink)).to.equal(1);
  });
});
