import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiFixture } from './testing/api-fixture.ts';

const [v2, v3] = ['v2', 'v3'].map(
  (version) => `application/com.github.proto-openapi.spec.${version}`,
);
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

  it('has version 3 as protobuf, too', async () => {
    for (const separator of ['@', '.']) {
      const accept = `${v3}${separator}v1.0+protobuf`;
      const answer = await get('/openapi/v3/api/v1', { accept });
      expect(answer?.headers['content-type']).to.equal(`${v3}.v1.0+protobuf`);
      const start = Buffer.from(answer?.bytes ?? []).subarray(0, 13);
      expect(start.toString('latin1')).to.equal('\n\u00053.0.0\u0012\u0012\n\nKu');
    }
    expect((await get('/openapi/v3/api/v1', { accept: protobuf }))?.status).to.equal(406);
  });

  const codings: readonly (readonly [accepted: string, coding: string | undefined])[] = [
    ['', undefined],
    ['gzip', 'gzip'],
    ['deflate, GZIP;q=0.5', 'gzip'],
    ['gzip;q=0', undefined],
    ['*', undefined],
  ];
  for (const [accepted, coding] of codings)
    it(`has version 2 in the coding ${coding} for "${accepted}", and version 3 in none`, async () => {
      const headers = { 'accept-encoding': accepted };
      const answer = await get('/openapi/v2', headers);
      expect(answer?.headers['content-encoding']).to.equal(coding);
      expect(answer?.headers['vary']).to.deep.equal(['Accept-Encoding', 'Accept']);
      const bytes = answer?.bytes ?? new Uint8Array();
      expect((coding === undefined ? bytes : gunzipSync(bytes)).at(0)).to.equal(0x7b);
      expect((await get('/openapi/v3/api/v1', headers))?.headers).to.not.have.any.keys(
        'content-encoding',
      );
    });

  it('compresses neither parts nor what a HEAD asks for', async () => {
    const headers = { 'accept-encoding': 'gzip' };
    const answers = [
      await get('/openapi/v2', { ...headers, range: 'bytes=0-1999' }),
      await new ApiFixture().send('HEAD', '/openapi/v2', { headers }),
    ];
    expect(answers.map((answer) => answer?.headers['content-encoding'])).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  const paths: readonly (readonly [path: string, status: number | undefined])[] = [
    ['/openapi/v2/', undefined],
    ['/openapi/v1', undefined],
    ['/openapi/v3/', 404],
    ['/openapi/v3/none', 404],
    ['/openapi/v3/api/v1/', 404],
    ['/openapi/v3//api/v1', 404],
    ['/openapi/v3/version', 200],
  ];
  for (const [path, status] of paths)
    it(`has ${status ?? 'nothing'} at ${path}`, async () => {
      expect((await get(path))?.status).to.equal(status);
    });

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
    expect(answer?.headers).to.include({
      'cache-control': 'public, immutable',
      expires: 'Fri, 01 Jan 2027 00:00:00 UTC',
    });
    const moved = await get(url.replace(/=.*/, '=ABC'));
    expect(moved?.status).to.equal(301);
    expect(moved?.headers['location']).to.equal(url);
  });
});
