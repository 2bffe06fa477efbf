import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completeConfig, optionsOf, parseFlags, run } from '@keelson/apiserver';
import { ApiException, CoordinationV1Api, KubeConfig } from '@kubernetes/client-node';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { coordination } from './leases.ts';

describe('A resource of somebody else', () => {
  const namespace = 'default';
  let folder: string;
  let server: Awaited<ReturnType<typeof run>>;
  let client: CoordinationV1Api;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keelson-example-'));
    const flags = ['--storage-backend=memory', '--bind-address=127.0.0.1', '--secure-port=0'];
    const options = optionsOf(parseFlags([...flags, `--data-dir=${folder}`]));
    server = await run(await completeConfig(options), { groups: [coordination] });
    const config = new KubeConfig();
    config.loadFromFile(join(folder, 'kubeconfig'));
    client = config.makeApiClient(CoordinationV1Api);
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is discovered', async () => {
    const { resources } = await client.getAPIResources();
    expect(resources.map(({ name }) => name)).to.deep.equal(['leases']);
  });

  it('is created and read', async () => {
    const body = { metadata: { name: 'leader' }, spec: { holderIdentity: 'one' } };
    await client.createNamespacedLease({ namespace, body });
    const read = await client.readNamespacedLease({ namespace, name: 'leader' });
    expect(read.spec?.holderIdentity).to.equal('one');
  });

  it('has rules of its own', async () => {
    const body = { metadata: { name: 'short' }, spec: { leaseDurationSeconds: -1 } };
    const refusal = await client.createNamespacedLease({ namespace, body }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).to.be.instanceOf(ApiException);
    expect(String(refusal)).to.include(
      'spec.leaseDurationSeconds: Invalid value: -1: must be greater than or equal to 0',
    );
  });
});
