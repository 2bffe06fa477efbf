import type { Allocation } from './allocators.ts';
import type { Owner } from './ip-address-object.ts';
import { pickFree } from './pick-free.ts';

/** What keys of node ports say: whose they are. */
export interface NodePortHolder {
  readonly service: Owner;
}

/** Where a dry run that is asked for any port begins. Behaviour: portallocator PortAllocationOperation, v1.37. */
const firstDryRunPort = 32_769;

/** The node ports that one write takes and gives back. */
export class NodePorts {
  readonly #allocation: Allocation;
  readonly #owner: Owner;
  /** What a dry run pretends to have taken. */
  readonly #pretended = new Set<number>();

  constructor(allocation: Allocation, owner: Owner) {
    this.#allocation = allocation;
    this.#owner = owner;
  }

  /** Takes the port; says why when it cannot be had. */
  async take(port: number): Promise<string | undefined> {
    const { allocators, claims, dryRun } = this.#allocation;
    const { nodePorts: range } = allocators;
    const inRange = range.contains(port);
    // A dry run of upstream's does not ask for the range.
    if (!inRange && !dryRun)
      return `provided port is not in the valid range. The range of valid ports is ${range.text}`;
    const key = allocators.nodePortKey(port);
    const taken = dryRun ? this.#pretended.has(port) : claims.takes(key);
    if (taken || (inRange && (await allocators.claims.isHeld(key))))
      return 'provided port is already allocated';
    this.#hold(port);
    return undefined;
  }

  /** Takes any port; undefined when there is none. */
  async takeAny(): Promise<number | undefined> {
    const port = this.#allocation.dryRun ? this.#nextPretended() : await this.#pick();
    if (port !== undefined) this.#hold(port);
    return port;
  }

  release(port: number): void {
    const { allocators, claims } = this.#allocation;
    claims.release(allocators.nodePortKey(port));
  }

  #hold(port: number): void {
    const { allocators, claims, dryRun } = this.#allocation;
    const holder: NodePortHolder = { service: this.#owner };
    if (dryRun) this.#pretended.add(port);
    else claims.take(allocators.nodePortKey(port), holder);
  }

  #nextPretended(): number {
    return this.#pretended.size === 0 ? firstDryRunPort : Math.max(0, ...this.#pretended) + 1;
  }

  async #pick(): Promise<number | undefined> {
    const { allocators } = this.#allocation;
    const { nodePorts, random, claims } = allocators;
    const keys = {
      ...nodePorts,
      at: (offset: bigint) => allocators.nodePortKey(nodePorts.at(offset)),
    };
    const prefix = allocators.nodePortKey(0).slice(0, -1);
    const taken = {
      has: (key: string) => claims.isWanted(key),
      all: () => claims.wanted(prefix),
    };
    const key = await pickFree(keys, taken, random);
    return key === undefined ? undefined : Number(key.slice(prefix.length));
  }
}
