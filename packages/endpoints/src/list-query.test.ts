import { StatusError } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Exchange } from './endpoint.ts';
import { listOptions, listQuery, watchOptions, type ListQuery } from './list-query.ts';
import { parseRequestInfo } from './request-info.ts';
import { ConfigMapStorage } from './testing/config-map-storage.ts';

function queryOf(target: string): ListQuery {
  const [path = '', search = ''] = target.split('?');
  const query = new URLSearchParams(search);
  const request = { query, info: parseRequestInfo('GET', path, query) };
  return listQuery({ request, scope: { storage: new ConfigMapStorage() } } as unknown as Exchange);
}

const lists = '/api/v1/namespaces/a/configmaps';
const old = '/api/v1/watch/namespaces/a/configmaps/one';

describe('The query of a list or a watch', () => {
  it('gives a list what it asks for', () => {
    const { labelSelector, fieldSelector, ...rest } = listOptions(
      queryOf(`${lists}?limit=5&continue=c&labelSelector=a=b&fieldSelector=metadata.name=x`),
    );
    expect(rest).to.deep.equal({ limit: 5, continue: 'c' });
    expect([labelSelector?.toString(), fieldSelector?.toString()]).to.deep.equal([
      'a=b',
      'metadata.name=x',
    ]);
  });

  it('takes a limit below one for none', () => {
    expect(listOptions(queryOf(`${lists}?limit=-1`))).to.deep.equal({});
  });

  for (const version of ['', '&resourceVersion=', '&resourceVersion=0'])
    it(`asks for initial events when it watches from anywhere: ${JSON.stringify(version)}`, () => {
      expect(watchOptions(queryOf(`${lists}?watch=1${version}`)).sendInitialEvents).to.equal(true);
    });

  it('does not ask for them from a revision, or by the old path', () => {
    expect(watchOptions(queryOf(`${lists}?watch=1&resourceVersion=7`))).to.not.have.property(
      'sendInitialEvents',
    );
    expect(watchOptions(queryOf(old))).to.not.have.property('sendInitialEvents');
  });

  it('of the old path selects the object that the path names', () => {
    expect(String(queryOf(old).fieldSelector)).to.equal('metadata.name=one');
    expect(String(queryOf(`${old}?fieldSelector=metadata.name=one`).fieldSelector)).to.equal(
      'metadata.name=one',
    );
  });

  const refused: readonly (readonly [target: string, code: number, message: string])[] = [
    [`${lists}?limit=x&timeoutSeconds=y`, 400, 'strconv.ParseInt: parsing "y": invalid syntax'],
    [`${lists}?labelSelector=a===b&limit=x`, 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
    [
      `${lists}?fieldSelector=data.a=1`,
      400,
      '"data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    [`${lists}?fieldSelector=x`, 400, "invalid selector: 'x'; can't understand 'x'"],
    [
      `${lists}?fieldSelector=data.a=1&resourceVersionMatch=Exact`,
      422,
      'resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      `${lists}?resourceVersion=1&resourceVersionMatch=Newest`,
      422,
      'Unsupported value: "Newest": supported values: "Exact", "NotOlderThan", ""',
    ],
    [
      `${lists}?resourceVersion=0&resourceVersionMatch=Exact`,
      422,
      'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    [
      `${lists}?resourceVersion=1&resourceVersionMatch=Exact&continue=c`,
      422,
      'resourceVersionMatch is forbidden when continue is provided',
    ],
    [`${lists}?sendInitialEvents=0`, 422, 'sendInitialEvents is forbidden for list'],
    [
      `${lists}?watch=1&sendInitialEvents=1`,
      422,
      'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ],
    [
      `${lists}?watch=1&resourceVersion=1&resourceVersionMatch=NotOlderThan`,
      422,
      'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
    [
      `${lists}?watch=1&sendInitialEvents=1&resourceVersionMatch=Exact`,
      422,
      'supported values: "NotOlderThan"',
    ],
    [
      `${old}?fieldSelector=metadata.name=two`,
      400,
      "fieldSelector metadata.name doesn't match requested name",
    ],
    [
      `${old}?fieldSelector=metadata.namespace=a`,
      400,
      "fieldSelector metadata.name doesn't match requested name",
    ],
  ];
  for (const [target, code, message] of refused) {
    it(`is refused: ${target}`, () => {
      expect(() => queryOf(target))
        .to.throw(StatusError, message)
        .with.property('code', code);
    });
  }
});
