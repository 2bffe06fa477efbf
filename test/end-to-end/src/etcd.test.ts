import { CutLine, EtcdServer } from '@keelson/storage-backend/testing';
import { openEtcd3Backend } from '@keelson/storage-backend/etcd3';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { ApiClient, type ApiObject, type WatchLine } from './api-client.ts';
import { RunningServer } from './running-server.ts';

const configMaps = '/api/v1/namespaces/default/configmaps';
const aConfigMap = (name: string, data: Record<string, string> = {}) => ({
  metadata: { name },
  data,
});

describe('two servers on one etcd', () => {
  let etcd: EtcdServer;
  let servers: readonly RunningServer[];
  let one: ApiClient;
  let other: ApiClient;

  before(async function () {
    this.timeout(40_000);
    etcd = await EtcdServer.start();
    servers = await Promise.all([startOn(etcd), startOn(etcd)]);
    const [first, second] = servers;
    one = await ApiClient.of(first!);
    other = await ApiClient.of(second!);
  });
  after(async () => {
    one[Symbol.dispose]();
    other[Symbol.dispose]();
    await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
    await etcd[Symbol.asyncDispose]();
  });

  it('list at once what the other wrote and deleted last', async () => {
    for (let round = 0; round < 20; round++) {
      const [writer, reader] = round % 2 === 0 ? [one, other] : [other, one];
      const name = `fresh-${round}`;
      expect((await writer.post(configMaps, aConfigMap(name))).code).to.equal(201);
      expect(await namesOf(reader, configMaps)).to.include(name);
      expect((await reader.get(`${configMaps}/${name}`)).code).to.equal(200);
      expect((await writer.delete(`${configMaps}/${name}`)).code).to.equal(200);
      expect(await namesOf(reader, configMaps)).not.to.include(name);
      expect((await reader.get(`${configMaps}/${name}`)).code).to.equal(404);
    }
  });

  it('refuse an update of what the other has changed meanwhile', async () => {
    const created = JSON.parse((await one.post(configMaps, aConfigMap('contended'))).text);
    const path = `${configMaps}/contended`;
    const changed = await one.put(path, { ...created, data: { by: 'one' } });
    expect(changed.code).to.equal(200);
    expect((await other.put(path, { ...created, data: { by: 'other' } })).code).to.equal(409);
    const again = { ...JSON.parse(changed.text), data: { by: 'other' } };
    expect((await other.put(path, again)).code).to.equal(200);
  });

  it('never give out the same cluster address', async () => {
    const services = '/api/v1/namespaces/default/services';
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        (i % 2 === 0 ? one : other).post(services, {
          metadata: { name: `service-${i}` },
          spec: { ports: [{ port: 80 }] },
        }),
      ),
    );
    const addresses = answers.map(({ text }) => JSON.parse(text).spec.clusterIP);
    expect(new Set(addresses).size).to.equal(30);
  });

  it('show watchers the same events with the same versions', async () => {
    const from = await versionOf(one);
    const watching = [one, other].map((client) => watch(client, from, 'same-last'));
    for (let i = 0; i < 20; i++) {
      await (i % 2 === 0 ? one : other).post(configMaps, aConfigMap(`same-${i}`));
    }
    await one.post(configMaps, aConfigMap('same-last'));
    const [first, second] = await Promise.all(watching);
    expect(first).to.deep.equal(second);
    expect(first).to.have.length(21);
  });

  it('say of a value that nobody can read where it is, and go on', async () => {
    await using backend = await openEtcd3Backend({ endpoints: [etcd.url] });
    const key = '/registry/secrets/default/unreadable';
    const value = Buffer.from('no object');
    await backend.transact({ compare: [], then: [{ type: 'put', key, value }] });
    const { code, text } = await one.get('/api/v1/namespaces/default/secrets/unreadable');
    expect(code).to.equal(500);
    expect(JSON.parse(text).message).to.include('secrets/default/unreadable');
    const secret = { metadata: { name: 'readable' } };
    expect((await one.post('/api/v1/namespaces/default/secrets', secret)).code).to.equal(201);
    expect((await one.get('/api/v1/namespaces/default/secrets/readable')).code).to.equal(200);
    await backend.transact({ compare: [], then: [{ type: 'delete', key }] });
    expect(await namesOf(other, '/api/v1/namespaces/default/secrets')).to.include('readable');
  });

  it('loses, doubles and reorders nothing when etcd is killed under writes and watches', async function () {
    this.timeout(60_000);
    const from = await versionOf(one);
    const watching = [one, other].map((client) => watch(client, from, 'killed-last'));
    const created = new Map<string, string>();
    const write = async (client: ApiClient, who: string): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        const { code, text } = await client.post(configMaps, aConfigMap(`killed-${who}-${i}`));
        // A write that was under way may or may not have happened: the server says that it does not know.
        if (code >= 500) continue;
        expect(code).to.equal(201);
        const { metadata } = JSON.parse(text) as ApiObject;
        created.set(metadata.name, metadata.resourceVersion);
        if (i === 10 && who === 'one') {
          await etcd.end();
          await etcd.boot();
        }
      }
    };
    await Promise.all([write(one, 'one'), write(other, 'other')]);
    expect((await one.post(configMaps, aConfigMap('killed-last'))).code).to.equal(201);
    const [first, second] = await Promise.all(watching);
    expect(first).to.deep.equal(second);
    const versions = first!.map((line) => Number(line.split(' ')[2]));
    expect(versions).to.deep.equal([...new Set(versions)].toSorted((a, b) => a - b));
    for (const [name, version] of created) expect(first).to.include(`ADDED ${name} ${version}`);
  });

  it('are not ready while etcd does not answer, and are again when it does', async () => {
    await using line = await CutLine.to(etcd.url);
    await using server = await startOn(line);
    using client = await ApiClient.of(server);
    line.goDead();
    const { code, text } = await client.get('/readyz');
    expect(code).to.equal(500);
    expect(text).to.include('[-]etcd failed: reason withheld\n[-]etcd-readiness failed');
    expect((await client.get('/livez/etcd')).text).to.equal(
      'internal server error: error getting data from etcd: context deadline exceeded\n',
    );
    const late = await client.post(`${configMaps}?timeout=1s`, aConfigMap('late'));
    expect(late.code).to.equal(504);
    expect(JSON.parse(late.text).message).to.equal(
      'Timeout: request did not complete within the allotted timeout',
    );
    // What need not be new is still served.
    expect((await client.get(`${configMaps}?resourceVersion=0`)).code).to.equal(200);
    line.mend();
    expect((await client.get('/readyz')).text).to.equal('ok');
    expect((await client.get('/livez')).text).to.equal('ok');
  });

  it('show what happened while they were cut off, also when etcd has forgotten it', async () => {
    await using line = await CutLine.to(etcd.url);
    await using server = await startOn(line);
    using client = await ApiClient.of(server);
    for (const name of ['cut-deleted', 'cut-changed']) await one.post(configMaps, aConfigMap(name));
    const watching = watch(client, await versionOf(client), 'cut-last');
    line.cut();
    await one.delete(`${configMaps}/cut-deleted`);
    await one.put(`${configMaps}/cut-changed`, aConfigMap('cut-changed', { now: 'other' }));
    await one.post(configMaps, aConfigMap('cut-created'));
    await using backend = await openEtcd3Backend({ endpoints: [etcd.url] });
    await backend.compact(await backend.revision());
    line.mend();
    while (!(await namesOf(client, `${configMaps}?resourceVersion=0`)).includes('cut-created'));
    await one.post(configMaps, aConfigMap('cut-last'));
    const seen = (await watching).map((event) => event.split(' ').slice(0, 2).join(' '));
    expect(seen.toSorted()).to.deep.equal([
      'ADDED cut-created',
      'ADDED cut-last',
      'DELETED cut-deleted',
      'MODIFIED cut-changed',
    ]);
    expect(seen.at(-1)).to.equal('ADDED cut-last');
  });

  it('have nothing to do with one that keeps its objects elsewhere, and go on when it ends', async () => {
    await using third = await startOn(etcd, '--etcd-prefix=/elsewhere');
    using client = await ApiClient.of(third);
    await client.post(configMaps, aConfigMap('mine'));
    expect(await namesOf(client, configMaps)).to.deep.equal(['mine']);
    expect(await namesOf(one, configMaps)).not.to.include('mine');
    expect(await third.end('SIGTERM')).to.equal(0);
  });
});

describe('a server on an etcd cluster', () => {
  it('loses, doubles and reorders nothing when one member after the other is killed', async function () {
    this.timeout(90_000);
    await using members = new AsyncDisposableStack();
    const cluster = await EtcdServer.startCluster(3);
    for (const member of cluster) members.use(member);
    await using server = await startOn({ url: cluster.map(({ url }) => url).join(',') });
    using client = await ApiClient.of(server);
    const watching = watch(client, await versionOf(client), 'last');
    const created: string[] = [];
    for (const [turn, member] of cluster.entries()) {
      for (let i = 0; i < 10; i++) {
        if (i === 5) await member.end();
        const { code, text } = await client.post(configMaps, aConfigMap(`turn-${turn}-${i}`));
        // What was on its way to a leader that is gone, the server does not know of.
        if (code < 500)
          created.push(show({ type: 'ADDED', object: JSON.parse(text) as ApiObject }));
      }
      await member.boot();
    }
    expect((await client.post(configMaps, aConfigMap('last'))).code).to.equal(201);
    const seen = await watching;
    expect(seen).to.include.members(created);
    expect(created).to.have.length.at.least(24);
    const versions = seen.map((line) => Number(line.split(' ')[2]));
    expect(versions).to.deep.equal([...new Set(versions)].toSorted((a, b) => a - b));
  });
});

function startOn(
  etcd: { readonly url: string },
  ...flags: readonly string[]
): Promise<RunningServer> {
  return RunningServer.start(
    `--etcd-servers=${etcd.url}`,
    '--etcd-healthcheck-timeout=200ms',
    '--etcd-readycheck-timeout=200ms',
    ...flags,
  );
}

async function namesOf(client: ApiClient, path: string): Promise<string[]> {
  const { items } = JSON.parse((await client.get(path)).text) as { items: ApiObject[] };
  return items.map(({ metadata }) => metadata.name);
}

async function versionOf(client: ApiClient): Promise<string> {
  const { text } = await client.get(`${configMaps}?limit=1`);
  return JSON.parse(text).metadata.resourceVersion;
}

/** `ADDED name version` of each event after a version, up to that of an object of a name. */
async function watch(client: ApiClient, from: string, last: string): Promise<string[]> {
  const seen: string[] = [];
  for await (const line of client.watch(`${configMaps}?watch=1&resourceVersion=${from}`)) {
    seen.push(show(line));
    if (line.object.metadata.name === last) return seen;
  }
  throw new Error(`the watch ended before ${last}:\n${seen.join('\n')}`);
}

const show = ({ type, object: { metadata } }: WatchLine): string =>
  `${type} ${metadata.name} ${metadata.resourceVersion}`;
