import { CoreV1Api } from '@kubernetes/client-node';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mirror, mirrored } from './mirror.ts';
import { startServer } from './test-server.ts';

describe('The mirror', () => {
  it('brings marked config maps into all namespaces, and keeps them the same', async () => {
    await using server = await startServer();
    const core = server.config.makeApiClient(CoreV1Api);
    await core.createNamespace({ body: { metadata: { name: 'shop' } } });
    const settings = { name: 'settings', labels: { [mirrored]: '' } };
    const source = { namespace: 'default', name: 'settings' };
    const there = { namespace: 'shop', name: 'settings' };

    await core.createNamespacedConfigMap({
      namespace: 'default',
      body: { metadata: settings, data: { colour: 'blue' } },
    });
    await mirror(core, 'default');
    expect((await core.readNamespacedConfigMap(there)).data).to.deep.equal({ colour: 'blue' });

    await core.replaceNamespacedConfigMap({
      ...source,
      body: { metadata: settings, data: { colour: 'green' } },
    });
    await mirror(core, 'default');
    expect((await core.readNamespacedConfigMap(there)).data).to.deep.equal({ colour: 'green' });
  });

  it('leaves others alone', async () => {
    await using server = await startServer();
    const core = server.config.makeApiClient(CoreV1Api);
    await core.createNamespacedConfigMap({
      namespace: 'default',
      body: { metadata: { name: 'own' } },
    });
    await mirror(core, 'default');
    const { items } = await core.listConfigMapForAllNamespaces();
    expect(items.filter(({ metadata }) => metadata?.name === 'own')).to.have.length(1);
  });
});
