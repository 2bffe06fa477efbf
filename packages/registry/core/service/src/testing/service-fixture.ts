import { StatusError, type Clock } from '@keelson/api-machinery';
import { openRegistry, type Registry, type SubresourceStore } from '@keelson/generic-registry';
import { aContext, decoded } from '@keelson/generic-registry/testing';
import type { Service, ServiceSpec } from '@keelson/kubernetes-api/core/v1';
import type { RequestContext } from '@keelson/rest-interfaces';
import { MemoryBackend } from '@keelson/storage-backend/memory';
import type { AllocationSettings } from '../allocation/allocators.ts';
import { services } from '../index.ts';

/** What became of a request. */
export interface Answer {
  /** All that is wrong, as `path: message`, or what the Status says when it names no fields; empty when it went well. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  /** Empty when it was refused. */
  readonly spec: Partial<ServiceSpec>;
  readonly service?: Service;
}

export type Body = Readonly<Record<string, unknown>>;

interface Request {
  readonly name?: string;
  readonly dryRun?: boolean;
  readonly subresource?: string;
}

/** As in the lab: one range of IPv4. Whatever is taken by chance is the lowest of the upper band. */
export const singleStack: AllocationSettings = {
  clusterIPRanges: ['10.0.0.0/16'],
  nodePorts: { base: 30_000, size: 2_768 },
  random: () => 0,
};
export const dualStack: AllocationSettings = {
  ...singleStack,
  clusterIPRanges: ['10.0.0.0/16', 'fd00::/112'],
};

const clock: Clock = { now: () => Date.UTC(2026, 10, 24, 10) };
const heldPrefixes = ['/registry/ipaddresses/', '/registry/ranges/servicenodeports/'];

/** The services of one server, on a memory backend that others may share. */
export class ServiceFixture implements AsyncDisposable {
  readonly backend: MemoryBackend;
  readonly #registry: Registry;

  constructor(settings: AllocationSettings = singleStack, backend = new MemoryBackend()) {
    this.backend = backend;
    const core = { group: '', version: 'v1', resources: [services(settings)] };
    this.#registry = openRegistry([core], { backend, clock });
  }

  get store() {
    const store = this.#registry.store<Service>('', 'services');
    if (store === undefined) throw new Error('services have no store');
    return store;
  }

  /** What a repair works on. */
  get parts() {
    return { backend: this.backend, root: '/registry', clock, services: this.store };
  }

  create(spec: Body, { name = 'one', dryRun = false }: Request = {}): Promise<Answer> {
    const body = decoded<Service>(this.store, { metadata: { name, namespace: 'default' }, spec });
    return this.#answered((context) => this.store.create(body, { dryRun }, context, ''));
  }

  /** Reads a service, changes it and writes it. */
  update(change: (service: Service) => void, request: Request = {}): Promise<Answer> {
    const { name = 'one', dryRun = false, subresource } = request;
    const storage = this.#storage(subresource);
    return this.#answered(async (context) => {
      const apply = (current: Service | undefined) => {
        const service = structuredClone(current) as Service;
        change(service);
        return Promise.resolve(decoded<Service>(storage, service));
      };
      return (await storage.update(name, { apply }, { dryRun }, context)).item;
    });
  }

  /** Changes fields of the spec; what is null goes. */
  change(fields: Body, request: Request = {}): Promise<Answer> {
    return this.update(({ spec }) => {
      for (const [field, value] of Object.entries(fields))
        if (value === null) Reflect.deleteProperty(spec, field);
        else Reflect.set(spec, field, value);
    }, request);
  }

  delete({ name = 'one', dryRun = false }: Request = {}): Promise<Answer> {
    return this.#answered(
      async (context) => (await this.store.delete(name, { dryRun }, context)).last,
    );
  }

  /** The cluster IPs and node ports that are held, whoever holds them. */
  async held(): Promise<readonly string[]> {
    const pages = await Promise.all(heldPrefixes.map((prefix) => this.backend.list(prefix)));
    return pages.flatMap(({ entries }) =>
      entries.map(({ key }) => key.slice(key.lastIndexOf('/') + 1)),
    );
  }

  /** Ends the server; the backend stays for the next. */
  async close(): Promise<void> {
    await this.#registry[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    await this.backend[Symbol.asyncDispose]();
  }

  #storage(subresource: string | undefined): SubresourceStore<Service> {
    if (subresource === undefined) return this.store;
    const storage = this.#registry.storages('').get(`services/${subresource}`);
    if (storage === undefined) throw new Error(`there is no ${subresource}`);
    return storage as SubresourceStore<Service>;
  }

  async #answered(
    request: (context: RequestContext) => Promise<{ readonly object: Service }>,
  ): Promise<Answer> {
    const warnings: string[] = [];
    try {
      const { object } = await request(aContext({ namespace: 'default', warnings }));
      return { problems: [], warnings, spec: object.spec, service: object };
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      return { problems: problemsOf(error), warnings, spec: {} };
    }
  }
}

function problemsOf({ details, message }: StatusError): readonly string[] {
  const named = (details?.causes ?? []).filter(({ field }) => field !== undefined);
  return named.length === 0
    ? [message]
    : named.map(({ field, message: what }) => `${field}: ${what}`);
}
