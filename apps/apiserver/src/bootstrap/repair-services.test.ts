import { systemClock } from '@keelson/api-machinery';
import { openRegistry, type ApiGroup } from '@keelson/generic-registry';
import { aContext, decoded } from '@keelson/generic-registry/testing';
import type { Service } from '@keelson/kubernetes-api/core/v1';
import { configMaps } from '@keelson/registry-core-configmap';
import { services } from '@keelson/registry-core-service';
import { MemoryBackend } from '@keelson/storage-backend/memory';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { pino } from 'pino';
import { repairServices } from './repair-services.ts';

const root = '/registry';
const portKey = `${root}/ranges/servicenodeports/30900`;
const settings = { clusterIPRanges: ['10.0.0.0/16'], nodePorts: { base: 30_000, size: 2_768 } };

/** A server's stores, its log, and what it repairs. */
function open(resources: ApiGroup['resources']) {
  const backend = new MemoryBackend();
  const registry = openRegistry([{ group: '', version: 'v1', resources }], { backend });
  const lines: { msg: string; restored?: string[] }[] = [];
  const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
  return {
    backend,
    registry,
    lines,
    repair: () => repairServices(registry, { backend, root, clock: systemClock, logger }),
    [Symbol.asyncDispose]: async () => {
      await registry[Symbol.asyncDispose]();
      await backend[Symbol.asyncDispose]();
    },
  };
}

describe('The repair of services at start', () => {
  it('holds what services say is theirs, says so, and then is quiet', async () => {
    await using server = open([services(settings)]);
    const store = server.registry.store<Service>('', 'services');
    if (store === undefined) throw new Error('services have no store');
    const body = decoded<Service>(store, {
      metadata: { name: 'one', namespace: 'default' },
      spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 30_900 }] },
    });
    await store.create(body, { dryRun: false }, aContext({ namespace: 'default' }), '');
    // oxlint-disable-next-line unicorn/no-thenable -- a transaction's steps
    await server.backend.transact({ compare: [], then: [{ type: 'delete', key: portKey }] });
    await server.repair();
    expect(await server.backend.get(portKey)).to.have.property('key', portKey);
    await server.repair();
    expect(server.lines.map(({ restored }) => restored)).to.deep.equal([[portKey]]);
  });

  it('is nothing where no services are served', async () => {
    await using server = open([configMaps]);
    await server.repair();
    expect(server.lines).to.deep.equal([]);
  });
});
