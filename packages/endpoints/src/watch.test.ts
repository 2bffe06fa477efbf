import { expiredError } from '@keelson/api-machinery';
import type { ConfigMap } from '@keelson/kubernetes-api/core/v1';
import type { ObjectEvent, WatchEvent } from '@keelson/rest-interfaces';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiFixture } from './testing/api-fixture.ts';
import { represent } from './testing/config-map-storage.ts';

const target = '/api/v1/namespaces/a/configmaps?watch=1';
const metadata = { name: 'one', resourceVersion: '7' };
const end: WatchEvent<ConfigMap> = { type: 'BOOKMARK', revision: 8, initialEventsEnd: true };

function event(type: ObjectEvent['type']): ObjectEvent<ConfigMap> {
  const snapshot = represent({ kind: 'ConfigMap', apiVersion: 'v1', metadata });
  const made: ObjectEvent<ConfigMap> = {
    type,
    revision: 7,
    snapshot,
    encoded: (_, make) => make(made),
  };
  return made;
}

async function watch(
  events: readonly WatchEvent<ConfigMap>[],
  query = '',
  accept = 'application/json',
) {
  const api = new ApiFixture();
  api.configMaps.events = events;
  const answer = await api.send('GET', target + query, { headers: { accept } });
  const lines = (answer?.text ?? '')
    .trim()
    .split('\n')
    .filter((line) => line !== '');
  return { answer, frames: lines.map((line) => JSON.parse(line)), left: api.configMaps.watches };
}

const as = (form: string): string => `application/json;as=${form};g=meta.k8s.io;v=v1`;
const ended = { 'k8s.io/initial-events-end': 'true' };

describe('A watch', () => {
  it('frames events, one a line', async () => {
    const { answer, frames } = await watch([event('ADDED'), event('DELETED')]);
    expect(answer?.headers['content-type']).to.equal('application/json');
    const object = { kind: 'ConfigMap', apiVersion: 'v1', metadata };
    expect(frames).to.deep.equal([
      { type: 'ADDED', object },
      { type: 'DELETED', object },
    ]);
  });

  it('says where it is with an object that has a revision and nothing else', async () => {
    const { frames } = await watch([end]);
    expect(frames).to.deep.equal([
      {
        type: 'BOOKMARK',
        object: {
          kind: 'ConfigMap',
          apiVersion: 'v1',
          metadata: { resourceVersion: '8', annotations: ended },
        },
      },
    ]);
  });

  it('of tables says its columns once, and the end of the initial events in any case', async () => {
    const { frames } = await watch([event('ADDED'), end], '&includeObject=None', as('Table'));
    const [first, second] = frames.map(({ object }) => object);
    expect(first.columnDefinitions).to.have.length(1);
    expect(second.columnDefinitions).to.equal(null);
    expect(first.rows).to.deep.equal([{ cells: ['one'], object: null }]);
    expect(second.rows[0].cells).to.deep.equal(['']);
    expect(second.rows[0].object.metadata.annotations).to.deep.equal(ended);
  });

  it('of metadata sends nothing else', async () => {
    const { frames } = await watch([event('ADDED'), end], '', as('PartialObjectMetadata'));
    expect(frames.map(({ object }) => object.kind)).to.deep.equal([
      'PartialObjectMetadata',
      'PartialObjectMetadata',
    ]);
    expect(frames[0].object).to.have.keys('kind', 'apiVersion', 'metadata');
  });

  const compressible: readonly (readonly [query: string, compressible: boolean])[] = [
    ['&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true', true],
    ['&sendInitialEvents=true&resourceVersionMatch=NotOlderThan', false],
    ['&sendInitialEvents=false&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true', false],
    ['&resourceVersion=0&allowWatchBookmarks=true', true],
    ['&resourceVersion=7&allowWatchBookmarks=true', false],
    ['&resourceVersion=0', false],
  ];
  for (const [query, expected] of compressible)
    it(`${expected ? 'stands for a list' : 'is no list'}: ${query}`, async () => {
      const answer = await new ApiFixture().send('GET', target + query);
      expect(answer?.body).to.have.property('compressible', expected);
    });

  it('that fails says why as its last event', async () => {
    const api = new ApiFixture();
    api.configMaps.failure = expiredError('too old');
    const answer = await api.send('GET', target);
    expect(JSON.parse(answer?.text ?? ''))
      .to.deep.include({ type: 'ERROR' })
      .and.to.have.nested.property('object.code', 410);
  });

  for (const [query, accept] of [
    ['&timeoutSeconds=-1', 'application/json'],
    ['', as('PartialObjectMetadataList')],
  ] as const)
    it(`that cannot say anything ends at once: ${query}${accept}`, async () => {
      const { answer, frames } = await watch([event('ADDED')], query, accept);
      expect(answer?.status).to.equal(200);
      expect(frames).to.deep.equal([]);
    });

  it('is let go when it is over', async () => {
    expect((await watch([event('ADDED')])).left).to.equal(0);
  });

  it('is no YAML', async () => {
    const answer = await new ApiFixture().send('GET', target, {
      headers: { accept: 'application/yaml' },
    });
    expect(answer?.status).to.equal(406);
    expect(answer?.text).to.contain('application/json;stream=watch');
  });

  for (const [path, selector] of [
    ['/api/v1/watch/namespaces/a/configmaps/one', 'metadata.name=one'],
    ['/api/v1/watch/namespaces/a/configmaps', undefined],
    ['/api/v1/watch/configmaps', undefined],
  ] as const)
    it(`may be asked for by its old path ${path}`, async () => {
      const api = new ApiFixture();
      expect((await api.send('GET', path))?.status).to.equal(200);
      const [asked] = api.configMaps.asked;
      expect(asked?.verb).to.equal('watch');
      expect(asked?.options.fieldSelector?.toString()).to.equal(selector);
    });
});
