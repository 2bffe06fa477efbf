import type { Clock } from '../local/clock.ts';
import type { Int64 } from './messages.ts';

/** Behaviour: k8s.io/apiserver storage/etcd3 leaseManager: how much later than asked a key may go, as a part of its time and in seconds; and how many keys go together. */
const reusePart = 0.05;
const reuseSeconds = 60;
const keysPerLease = 1000;

interface Lease {
  readonly id: Promise<Int64>;
  /** Until when keys may join it, in milliseconds since 1970. */
  readonly openUntil: number;
  keys: number;
}

/** Leases shared by keys that are to go at about the same time: one lease for every key would be the end of etcd. */
export class LeaseCache {
  readonly #clock: Clock;
  readonly #grant: (ttlSeconds: number) => Promise<Int64>;
  /** The lease that keys with so many seconds to live join now. */
  readonly #leases = new Map<number, Lease>();

  constructor(clock: Clock, grant: (ttlSeconds: number) => Promise<Int64>) {
    this.#clock = clock;
    this.#grant = grant;
  }

  /** A lease under which a key lives for at least so long from now. */
  async leaseFor(ttlSeconds: number): Promise<Int64> {
    const now = this.#clock.now();
    const known = this.#leases.get(ttlSeconds);
    if (known && now < known.openUntil && known.keys < keysPerLease) {
      known.keys++;
      return await known.id;
    }
    return await this.#open(ttlSeconds, now).id;
  }

  /** Forgets a lease that etcd no longer knows. */
  forget(ttlSeconds: number): void {
    this.#leases.delete(ttlSeconds);
  }

  #open(ttlSeconds: number, now: number): Lease {
    const extra = Math.min(Math.floor(ttlSeconds * reusePart), reuseSeconds);
    const id = this.#grant(ttlSeconds + extra);
    const lease = { id, openUntil: now + extra * 1000, keys: 1 };
    for (const [ttl, { openUntil }] of this.#leases) {
      if (openUntil <= now) this.#leases.delete(ttl);
    }
    this.#leases.set(ttlSeconds, lease);
    id.catch(() => this.#leases.get(ttlSeconds) === lease && this.forget(ttlSeconds));
    return lease;
  }
}
