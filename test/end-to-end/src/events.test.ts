import { EtcdServer } from '@keelson/storage-backend/testing';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiClient, type ApiObject } from './api-client.ts';
import { RunningServer } from './running-server.ts';

const namespace = '/api/v1/namespaces/default';
const anEvent = (name: string) => ({
  metadata: { name },
  involvedObject: { namespace: 'default' },
});

/** Events are not cached: what the store remembers can be watched, also what happened before the server was there. */
const stores: readonly {
  name: string;
  open: () => Promise<AsyncDisposable & { readonly flags: readonly string[] }>;
}[] = [
  {
    name: 'the embedded store',
    open: async () => ({ flags: [], [Symbol.asyncDispose]: async () => undefined }),
  },
  {
    name: 'etcd',
    open: async () => {
      const etcd = await EtcdServer.start();
      return {
        flags: [`--etcd-servers=${etcd.url}`],
        [Symbol.asyncDispose]: () => etcd[Symbol.asyncDispose](),
      };
    },
  },
];

describe('a watch of what happened before a restart', function () {
  this.timeout(40_000);
  for (const { name, open } of stores)
    it(`is told of events, and of nothing that is cached, on ${name}`, async () => {
      await using store = await open();
      await using server = await RunningServer.start(...store.flags);
      const version = await happenings(server);
      await server.end('SIGTERM');
      await server.boot();
      using client = await ApiClient.of(server);
      const query = `watch=1&resourceVersion=${version}`;
      const seen: string[] = [];
      for await (const { type, object } of client.watch(`${namespace}/events?${query}`)) {
        seen.push(`${type} ${object.metadata.name}`);
        if (object.metadata.name === 'last') break;
        if (object.metadata.name === 'b' && type === 'DELETED')
          await client.post(`${namespace}/events`, anEvent('last'));
      }
      expect(seen).to.deep.equal(['ADDED b', 'MODIFIED b', 'DELETED b', 'ADDED last']);
      const [line] = await Array.fromAsync(client.watch(`${namespace}/configmaps?${query}`));
      expect(line).to.have.nested.property('object.code', 410);
    });
});

/** Returns the version behind the first of several. */
async function happenings(server: RunningServer): Promise<string> {
  using client = await ApiClient.of(server);
  const events = `${namespace}/events`;
  const { text } = await client.post(events, anEvent('a'));
  const b = JSON.parse((await client.post(events, anEvent('b'))).text) as object;
  await client.put(`${events}/b`, { ...b, message: 'changed' });
  await client.delete(`${events}/b`);
  await client.post(`${namespace}/configmaps`, { metadata: { name: 'c' } });
  return (JSON.parse(text) as ApiObject).metadata.resourceVersion;
}
