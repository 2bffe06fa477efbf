import { StatusError } from '@keelson/api-machinery';
import { encodeCborValue } from '@keelson/serialization';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readDeleteOptions } from './delete-options.ts';
import type { ApiRequest } from './http.ts';
import { servedMediaTypes } from './media-types.ts';

const read = (query: string, body: string | Uint8Array = '', type = 'application/json') =>
  readDeleteOptions({
    query: new URLSearchParams(query),
    headers: { 'content-type': type },
    served: servedMediaTypes(true),
    body: () => Promise.resolve(Buffer.from(body)),
  } as unknown as ApiRequest);

describe('The options of a deletion', () => {
  const understood: readonly (readonly [query: string, body: string, options: object])[] = [
    ['', '', {}],
    [
      'gracePeriodSeconds=5&orphanDependents=&dryRun=All',
      '',
      { gracePeriodSeconds: 5, orphanDependents: true, dryRun: ['All'] },
    ],
    [
      'propagationPolicy=Foreground&uid=u&resourceVersion=7',
      '',
      { propagationPolicy: 'Foreground', preconditions: { uid: 'u', resourceVersion: '7' } },
    ],
    ['gracePeriodSeconds=5', '{"gracePeriodSeconds":7}', { gracePeriodSeconds: 7 }],
    ['', '{"kind":"DeleteOptions","apiVersion":"apps/v1","surprise":1}', {}],
    ['', 'null', {}],
  ];
  for (const [query, body, options] of understood) {
    it(`are read from "${query}" and ${body === '' ? 'no body' : body}`, async () => {
      expect(await read(query, body)).to.deep.equal(options);
    });
  }

  const refused: readonly (readonly [
    query: string,
    body: string,
    code: number,
    message: string,
  ])[] = [
    ['gracePeriodSeconds=', '', 400, 'strconv.ParseInt: parsing "": invalid syntax'],
    [
      'propagationPolicy=',
      '',
      422,
      'supported values: "Foreground", "Background", "Orphan", "nil"',
    ],
    [
      'propagationPolicy=Orphan&orphanDependents=1',
      '',
      422,
      'orphanDependents and deletionPropagation cannot be both set',
    ],
    ['dryRun=All&dryRun=x', '', 422, 'Unsupported value: ["All","x"]: supported values: "All"'],
    ['', '{', 400, "couldn't get version/kind; json parse error: unexpected end of JSON input"],
    [
      '',
      '[]',
      400,
      "couldn't get version/kind; json parse error: json: cannot unmarshal array into Go value",
    ],
    [
      '',
      '{"kind":"Pod","apiVersion":"v1"}',
      400,
      'no kind "Pod" is registered for version "v1" in scheme',
    ],
    ['', '{"kind":"Pod"}', 400, 'no kind "Pod" is registered for version "meta.k8s.io/v1"'],
    ['', '{"apiVersion":"a/b/c"}', 400, 'unexpected GroupVersion string: a/b/c'],
    [
      '',
      '{"gracePeriodSeconds":"x"}',
      400,
      'json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64',
    ],
  ];
  for (const [query, body, code, message] of refused) {
    it(`are refused for "${query}" and ${body === '' ? 'no body' : body}`, async () => {
      const error: unknown = await read(query, body).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(StatusError);
      expect(error).to.include({ code });
      expect((error as StatusError).message).to.contain(message);
    });
  }

  it('are read from CBOR, which keeps to itself what is no version, by their type', async () => {
    const cbor = (value: unknown): Promise<unknown> =>
      read('', encodeCborValue(value), 'application/cbor');
    expect(await cbor({ apiVersion: 'a/b/c', gracePeriodSeconds: 3 })).to.deep.equal({
      gracePeriodSeconds: 3,
    });
    const error: unknown = await cbor({ gracePeriodSeconds: 'x' }).catch(
      (reason: unknown) => reason,
    );
    expect((error as StatusError).message).to.equal(
      'cbor: cannot unmarshal byte string into Go struct field v1.DeleteOptions.gracePeriodSeconds of type int64',
    );
  });

  it('are read from YAML, too', async () => {
    expect(await read('', 'gracePeriodSeconds: 3', 'application/yaml')).to.deep.equal({
      gracePeriodSeconds: 3,
    });
  });
});
