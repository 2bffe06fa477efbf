import type { StorageBackend } from '@keelson/storage-backend';
import { MemoryBackend } from '@keelson/storage-backend/memory';
import type { HistoryLimits, ObjectStorageOptions } from '../object-storage-options.ts';
import type { ObjectStorage, PutOptions } from '../object-storage.ts';
import { openObjectStorage } from '../open-object-storage.ts';
import type { Snapshot } from '../snapshot.ts';
import { ManualTime } from './manual-time.ts';

/** As much of a pod as the tests need. */
export interface Thing {
  kind: string;
  apiVersion: string;
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
  };
  spec: { nodeName?: string; note?: string };
}

export const things = '/registry/things/';

export function keyOf(name: string, namespace = 'default'): string {
  return `${things}${namespace}/${name}`;
}

export function aThing(
  name: string,
  overrides: { namespace?: string; labels?: Record<string, string>; spec?: Thing['spec'] } = {},
): Thing {
  const { namespace = 'default', labels, spec = {} } = overrides;
  const uid = `uid-${name}`;
  return {
    kind: 'Thing',
    apiVersion: 'v1',
    metadata: { name, namespace, uid, ...(labels === undefined ? {} : { labels }) },
    spec,
  };
}

export function encode(thing: Thing): Uint8Array {
  const { resourceVersion: _, ...metadata } = thing.metadata;
  return Buffer.from(JSON.stringify({ ...thing, metadata }));
}

/** A storage of things with what surrounds it. */
export class Fixture implements AsyncDisposable {
  readonly time = new ManualTime();
  readonly backend: StorageBackend;
  readonly storage: ObjectStorage<Thing>;
  parsed = 0;

  constructor(
    backend: StorageBackend,
    overrides: { historyLimits?: Partial<HistoryLimits>; direct?: boolean } = {},
  ) {
    this.backend = backend;
    const options: ObjectStorageOptions<Thing> = {
      backend,
      prefix: things,
      parse: (bytes) => {
        this.parsed++;
        return JSON.parse(Buffer.from(bytes).toString()) as Thing;
      },
      attributes: ({ metadata, spec }) => ({
        labels: metadata.labels ?? {},
        fields: {
          'metadata.name': metadata.name,
          'metadata.namespace': metadata.namespace,
          'spec.nodeName': spec.nodeName ?? '',
        },
      }),
      indexedFields: ['spec.nodeName'],
      clock: this.time,
      timers: this.time,
      ...overrides,
    };
    this.storage = openObjectStorage(options);
  }

  static async open(
    overrides: {
      historyLimits?: Partial<HistoryLimits>;
      backend?: StorageBackend;
      direct?: boolean;
    } = {},
  ): Promise<Fixture> {
    const { backend = new MemoryBackend(), ...others } = overrides;
    const fixture = new Fixture(backend, others);
    await fixture.storage.ready();
    return fixture;
  }

  async create(thing: Thing, options: PutOptions<Thing> = {}): Promise<Snapshot<Thing>> {
    return this.write(thing, 0, options);
  }

  async write(
    thing: Thing,
    expected: number,
    options: PutOptions<Thing> = {},
  ): Promise<Snapshot<Thing>> {
    const result = await this.storage.put(
      keyOf(thing.metadata.name, thing.metadata.namespace),
      encode(thing),
      expected,
      options,
    );
    if (!result.succeeded)
      throw new Error(`${thing.metadata.name} stands at ${result.current?.revision ?? 'nothing'}`);
    return result.snapshot;
  }

  /** Writes past the storage, as another server would: all in one transaction. */
  async writeElsewhere(values: Readonly<Record<string, Uint8Array | string>>): Promise<void> {
    const puts = Object.entries(values).map(
      ([key, value]) => ({ type: 'put', key, value: Buffer.from(value) }) as const,
    );
    // oxlint-disable-next-line unicorn/no-thenable -- the contract's word
    await this.backend.transact({ compare: [], then: puts });
  }

  async remove(snapshot: Snapshot<Thing>): Promise<Snapshot<Thing>> {
    const result = await this.storage.remove(snapshot.key, snapshot.revision);
    if (!result.succeeded) throw new Error(`${snapshot.key} stands elsewhere`);
    return result.snapshot;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.storage[Symbol.asyncDispose]();
    await this.backend[Symbol.asyncDispose]();
  }
}

export function namesOf(items: readonly Snapshot<Thing>[]): string[] {
  return items.map(({ key }) => key.slice(key.lastIndexOf('/') + 1));
}
