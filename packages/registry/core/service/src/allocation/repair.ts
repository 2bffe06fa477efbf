import type { Clock } from '@keelson/api-machinery';
import { toStatusError, type Store } from '@keelson/generic-registry';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import type { Comparison, Entry, Operation, StorageBackend } from '@keelson/storage-backend';
import { parseIP } from '../addresses/ip-address.ts';
import { ipPrefix, nodePortPrefix } from './allocators.ts';
import { heldIPs } from './cluster-ips.ts';
import { ipAddressObject, ownerOf, type Owner } from './ip-address-object.ts';
import { heldNodePorts } from './node-ports.ts';
import type { NodePortHolder } from './take-node-port.ts';

/** What a repair works on. */
export interface RepairOptions {
  readonly backend: StorageBackend;
  /** Where everything lives in the backend: `/registry`. */
  readonly root: string;
  readonly clock: Clock;
  readonly services: Store<Service>;
}

/** What a repair did, and what it could not mend. */
export interface Repair {
  /** Keys that services hold and that were missing, or another's. */
  readonly restored: readonly string[];
  /** Keys that nobody holds. */
  readonly freed: readonly string[];
  /** Keys that several services say are theirs. */
  readonly disputed: readonly string[];
}

/**
 * Makes what is held agree with what services say: for data that something else wrote, such as kube-apiserver, whose node ports
 * are kept in another form. Each step is a transaction that holds only if nothing it is about has changed, so servers may
 * repair and serve at once. Behaviour: ipallocator and portallocator controllers' repair, v1.37.
 */
export async function repairServiceAllocations(options: RepairOptions): Promise<Repair> {
  // What is held is read first: who is served meanwhile gets keys of later revisions.
  const held = await heldKeys(options);
  const wanted = await wantedKeys(options);
  const repair = { restored: [] as string[], freed: [] as string[], disputed: [] as string[] };
  for (const [key, claimants] of wanted) {
    const entry = held.get(key);
    if (claimants.length > 1) repair.disputed.push(key);
    const rightful = entry !== undefined && claimants.some(({ owner }) => isOwner(owner, entry));
    if (!rightful && (await restore(options, key, claimants, entry))) repair.restored.push(key);
  }
  for (const [key, entry] of held)
    if (!wanted.has(key) && ownerOfKey(entry) !== undefined && (await free(options, entry)))
      repair.freed.push(key);
  return repair;
}

/** A service that says a key is its own. */
interface Claimant {
  readonly owner: Owner;
  /** The service as it was seen. */
  readonly seen: Comparison;
  readonly value: (now: number) => unknown;
}

async function heldKeys({ backend, root }: RepairOptions): Promise<ReadonlyMap<string, Entry>> {
  const pages = await translated(
    Promise.all([backend.list(ipPrefix(root)), backend.list(nodePortPrefix(root))]),
  );
  return new Map(pages.flatMap(({ entries }) => entries.map((entry) => [entry.key, entry])));
}

async function wantedKeys({
  root,
  services,
}: RepairOptions): Promise<ReadonlyMap<string, Claimant[]>> {
  const wanted = new Map<string, Claimant[]>();
  for (const { key, revision, object } of await services.all('')) {
    const { namespace = '', name = '' } = object.metadata;
    const owner = { namespace, name };
    const add = (claimed: string, value: Claimant['value']) => {
      const known = wanted.get(claimed) ?? [];
      wanted.set(claimed, [...known, { owner, seen: { key, revision }, value }]);
    };
    for (const ip of heldIPs(object)) {
      const family = parseIP(ip)?.family ?? 'IPv4';
      add(ipPrefix(root) + ip, (now) => ipAddressObject(ip, family, owner, now));
    }
    for (const port of heldNodePorts(object)) {
      const holder: NodePortHolder = { service: owner };
      add(nodePortPrefix(root) + port, () => holder);
    }
  }
  return wanted;
}

/** Gives the key to the first who says it is theirs. */
async function restore(
  { backend, clock }: RepairOptions,
  key: string,
  [first]: readonly Claimant[],
  entry: Entry | undefined,
): Promise<boolean> {
  if (first === undefined) return false;
  const value = Buffer.from(JSON.stringify(first.value(clock.now())));
  return await step(backend, [first.seen, { key, revision: entry?.revision ?? 0 }], {
    type: 'put',
    key,
    value,
  });
}

const free = ({ backend }: RepairOptions, { key, revision }: Entry): Promise<boolean> =>
  step(backend, [{ key, revision }], { type: 'delete', key });

async function step(
  backend: StorageBackend,
  compare: readonly Comparison[],
  operation: Operation,
): Promise<boolean> {
  // oxlint-disable-next-line unicorn/no-thenable -- a transaction's steps
  const { succeeded } = await translated(backend.transact({ compare, then: [operation] }));
  return succeeded;
}

const isOwner = ({ namespace, name }: Owner, entry: Entry): boolean => {
  const owner = ownerOfKey(entry);
  return owner === undefined || (owner.namespace === namespace && owner.name === name);
};

/** The service that a key names; undefined when it is something else's, or in a form that cannot be read: those stay. */
function ownerOfKey({ value }: Entry): Owner | undefined {
  let held: unknown;
  try {
    held = JSON.parse(Buffer.from(value).toString());
  } catch {
    // kube-apiserver's IPAddress in protobuf.
    return undefined;
  }
  return ownerOf(held);
}

async function translated<R>(answer: Promise<R>): Promise<R> {
  try {
    return await answer;
  } catch (error) {
    throw toStatusError(error);
  }
}
