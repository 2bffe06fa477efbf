import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiFixture } from './testing/api-fixture.ts';

const v2 = 'application/com.github.proto-openapi.spec.v2';
const protobuf = `${v2}.v1.0+protobuf`;
const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  new ApiFixture().send('GET', path, { headers });

describe('OpenAPI', () => {
  const types: readonly (readonly [accept: string, type: string | undefined])[] = [
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    [`${v2}@v1.0+protobuf`, protobuf],
    [protobuf, protobuf],
    [`text/html,${protobuf};q=0.5,application/json;q=0.1`, protobuf],
    ['text/html', undefined],
    ['application/vnd.kubernetes.protobuf', undefined],
  ];
  for (const [accept, type] of types) {
    it(`has version 2 for "${accept}" as ${type}`, async () => {
      const answer = await get('/openapi/v2', { accept });
      expect(answer?.status).to.equal(type === undefined ? 406 : 200);
      expect(answer?.headers['content-type']).to.equal(type);
    });
  }

  it('names CBOR where that is served', async () => {
    const api = new ApiFixture();
    const textOf = async () => (await api.send('GET', '/openapi/v3/api/v1'))?.text;
    expect(await textOf()).to.not.include('cbor');
    api.cbor = true;
    expect(await textOf())
      .to.include('"application/cbor"')
      .and.include('"application/cbor-seq"')
      .and.include('"application/apply-patch+cbor"');
  });

  it('begins its protobuf as gnostic does', async () => {
    const answer = await get('/openapi/v2', { accept: protobuf });
    const start = Buffer.from(answer?.bytes ?? new Uint8Array()).subarray(0, 25);
    expect(start.toString('latin1')).to.equal(
      '\n\u00032.0\u0012\u0012\n\nKubernetes\u0012\u00041.37',
    );
  });

  it('has the same tag for both of its forms, and says when nothing has changed', async () => {
    const tag = String((await get('/openapi/v2'))?.headers['etag']);
    expect((await get('/openapi/v2', { accept: protobuf }))?.headers['etag']).to.equal(tag);
    expect((await get('/openapi/v2', { 'if-none-match': tag }))?.status).to.equal(304);
  });

  it('has version 3 at URLs that never change', async () => {
    const { paths } = JSON.parse((await get('/openapi/v3'))?.text ?? '');
    const url: string = paths['api/v1'].serverRelativeURL;
    const answer = await get(url);
    expect(answer?.headers['cache-control']).to.equal('public, immutable');
    const moved = await get(url.replace(/=.*/, '=ABC'));
    expect(moved?.status).to.equal(301);
    expect(moved?.headers['location']).to.equal(url);
  });
});
