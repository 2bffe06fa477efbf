import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LeaseCache } from './lease-cache.ts';

/** Leases 1, 2, 3, … and the times to live that were asked for. */
function aCache() {
  const granted: number[] = [];
  const clock = { time: 0, now: () => clock.time, after: () => () => undefined };
  const cache = new LeaseCache(clock, async (ttl) => granted.push(ttl));
  return { cache, clock, granted };
}

describe('leases', () => {
  it('are shared by keys that are to go at about the same time', async () => {
    const { cache, clock, granted } = aCache();
    expect(await cache.leaseFor(3600)).to.equal(1);
    clock.time = 59_999;
    expect(await cache.leaseFor(3600)).to.equal(1);
    clock.time = 60_000;
    expect(await cache.leaseFor(3600)).to.equal(2);
    expect(granted).to.deep.equal([3660, 3660]);
  });

  it('let short times be late by a twentieth only', async () => {
    const { cache, clock, granted } = aCache();
    await cache.leaseFor(100);
    clock.time = 5000;
    await cache.leaseFor(100);
    await cache.leaseFor(10);
    await cache.leaseFor(10);
    expect(granted).to.deep.equal([105, 105, 10, 10]);
  });

  it('are shared by no more than a thousand keys', async () => {
    const { cache } = aCache();
    const ids = await Promise.all(Array.from({ length: 1001 }, () => cache.leaseFor(3600)));
    expect(ids.filter((id) => id === 1)).to.have.length(1000);
    expect(ids.at(-1)).to.equal(2);
  });

  it('are asked for again when etcd gave none or knows one no longer', async () => {
    let fails = true;
    const clock = { now: () => 0, after: () => () => undefined };
    const cache = new LeaseCache(clock, async () => {
      if (fails) throw new Error('no lease');
      return 7;
    });
    const error = await cache.leaseFor(3600).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(Error);
    fails = false;
    expect(await cache.leaseFor(3600)).to.equal(7);
    cache.forget(3600);
    expect(await cache.leaseFor(3600)).to.equal(7);
  });
});
