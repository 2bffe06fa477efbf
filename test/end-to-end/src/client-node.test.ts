import {
  ApiException,
  AppsV1Api,
  CoreV1Api,
  Watch,
  type V1ConfigMap,
} from '@kubernetes/client-node';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { RunningServer } from './running-server.ts';

describe('@kubernetes/client-node', () => {
  let server: RunningServer;
  let core: CoreV1Api;

  before(async () => {
    server = await RunningServer.start();
    core = client(server);
    await core.createNamespace({ body: { metadata: { name: 'shop' } } });
  });
  after(() => server[Symbol.asyncDispose]());

  it('creates, reads, replaces and deletes a config map', async () => {
    const namespace = 'shop';
    const created = await core.createNamespacedConfigMap({
      namespace,
      body: { metadata: { name: 'one' }, data: { a: '1' } },
    });
    expect(created.metadata?.uid).to.be.a('string');
    const replaced = await core.replaceNamespacedConfigMap({
      namespace,
      name: 'one',
      body: withData(created, { a: '2' }),
    });
    expect(replaced.data).to.deep.equal({ a: '2' });
    await core.deleteNamespacedConfigMap({ namespace, name: 'one' });
    expect(await codeOf(core.readNamespacedConfigMap({ namespace, name: 'one' }))).to.equal(404);
  });

  it('is told of a conflict', async () => {
    const namespace = 'shop';
    const created = await core.createNamespacedConfigMap({
      namespace,
      body: { metadata: { name: 'contended' } },
    });
    await core.replaceNamespacedConfigMap({
      namespace,
      name: 'contended',
      body: withData(created, { a: '1' }),
    });
    expect(
      await codeOf(
        core.replaceNamespacedConfigMap({
          namespace,
          name: 'contended',
          body: withData(created, { a: '2' }),
        }),
      ),
    ).to.equal(409);
  });

  it('watches what others do', async () => {
    const seen: string[] = [];
    const config = server.kubeConfig;
    if (config === undefined) throw new Error('no kubeconfig');
    const done = new Promise<void>((resolve, reject) => {
      void new Watch(config)
        .watch(
          '/api/v1/namespaces/shop/secrets',
          { resourceVersion: '0' },
          (type, object) => {
            seen.push(`${type} ${object.metadata.name}`);
            if (type === 'DELETED') resolve();
          },
          reject,
        )
        .then(async () => {
          await core.createNamespacedSecret({
            namespace: 'shop',
            body: { metadata: { name: 'key' }, stringData: { a: 'b' } },
          });
          await core.deleteNamespacedSecret({ namespace: 'shop', name: 'key' });
        });
    });
    await done;
    expect(seen).to.deep.equal(['ADDED key', 'DELETED key']);
  });

  it('serves the group apps, too', async () => {
    const config = server.kubeConfig;
    if (config === undefined) throw new Error('no kubeconfig');
    const spec = {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'c', image: 'nginx' }] },
      },
    };
    const created = await config
      .makeApiClient(AppsV1Api)
      .createNamespacedDeployment({ namespace: 'shop', body: { metadata: { name: 'web' }, spec } });
    expect(created.spec?.strategy?.rollingUpdate?.maxSurge).to.equal('25%');
  });
});

describe('a server that was killed', () => {
  it('has everything that it acknowledged when it is back', async () => {
    await using server = await RunningServer.start();
    const before = client(server);
    await before.createNamespace({ body: { metadata: { name: 'shop' } } });
    const names = Array.from({ length: 50 }, (_, index) => `cm-${index}`);
    await Promise.all(
      names.map((name) =>
        before.createNamespacedConfigMap({ namespace: 'shop', body: { metadata: { name } } }),
      ),
    );
    await server.end('SIGKILL');
    await server.boot();
    const list = await client(server).listNamespacedConfigMap({ namespace: 'shop' });
    expect(list.items.map((item) => item.metadata?.name).sort()).to.deep.equal(names.sort());
  });

  it('ends with 0 when it is asked to', async () => {
    await using server = await RunningServer.start();
    expect(await server.end('SIGTERM')).to.equal(0);
  });
});

/** The config map as it was answered, with other data. */
const withData = ({ metadata }: V1ConfigMap, data: Record<string, string>): V1ConfigMap => ({
  ...(metadata === undefined ? {} : { metadata }),
  data,
});

function client(server: RunningServer): CoreV1Api {
  const config = server.kubeConfig;
  if (config === undefined) throw new Error('no kubeconfig');
  return config.makeApiClient(CoreV1Api);
}

async function codeOf(call: Promise<unknown>): Promise<number> {
  try {
    await call;
    return 200;
  } catch (error) {
    if (error instanceof ApiException) return error.code;
    throw error;
  }
}
