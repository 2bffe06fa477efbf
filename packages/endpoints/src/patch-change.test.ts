import type { KubernetesObject } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import { decodeJson, decodePatched, encodeJson } from '@keelson/serialization';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readChange } from './patch-change.ts';

const schema = schemaOf('apps/v1.ControllerRevision');
const kind = { group: 'apps', version: 'v1', kind: 'ControllerRevision' };
const head = '"apiVersion":"apps/v1","kind":"ControllerRevision","metadata":{"name":"r"}';
const body = `{${head},"data":{"a":[1.0,-0,9007199254740993,1E+2,0.10],"b":1e3},"revision":9007199254740993}`;
const { object } = decodeJson<KubernetesObject>(Buffer.from(body), schema, kind);
const current = encodeJson(object, schema);

type Type = Parameters<typeof readChange>[0];

/** What the object is after a patch. */
function patched(type: Type, patch: string): unknown {
  const change = readChange(type, Buffer.from(patch), { schema, findsProblems: true });
  const { value, made: how } = change.apply(current);
  const { object: made } = decodePatched<KubernetesObject>(value, { schema, kind }, how);
  return Buffer.from(encodeJson(made, schema)).toString();
}

describe('A patch of what Go keeps as it came', () => {
  const all = '"a":[1.0,-0,9007199254740993,1E+2,0.10],"b":1e3';
  const rows: readonly (readonly [type: Type, patch: string, data: string])[] = [
    ['application/merge-patch+json', '{"metadata":{"labels":{"a":"b"}}}', all],
    ['application/merge-patch+json', '{"data":{"n":1e2}}', `${all},"n":1e2`],
    ['application/merge-patch+json', '{"data":{"a":null}}', '"b":1e3'],
    ['application/json-patch+json', '[{"op":"add","path":"/metadata/labels","value":{}}]', all],
    [
      'application/json-patch+json',
      '[{"op":"add","path":"/data/n","value":1e2}]',
      `${all},"n":1e2`,
    ],
    ['application/json-patch+json', '[{"op":"test","path":"/data/b","value":1e3}]', all],
    // Upstream makes numbers of it, and writes them.
    [
      'application/strategic-merge-patch+json',
      '{"data":{"n":1e2}}',
      '"a":[1,0,9007199254740993,100,0.1],"b":1000,"n":100',
    ],
  ];
  for (const [type, patch, data] of rows) {
    it(`(${type}) ${patch} keeps ${data}`, () => {
      expect(patched(type, patch)).to.include(`"data":{${data}},"revision":9007199254740993}`);
    });
  }

  it('takes a number for another one whose text differs', () => {
    expect(() =>
      patched('application/json-patch+json', '[{"op":"test","path":"/data/b","value":1000}]'),
    ).to.throw('the server rejected our request due to an error in our request');
  });

  const tooLarge: readonly (readonly [type: Type, patch: string, why: string])[] = [
    [
      'application/json-patch+json',
      '[{"op":"add","path":"/data/n","value":[{"a":1e400}]}]',
      'error decoding patch: json: cannot unmarshal number 1e400 into Go struct field jsonPatchOp.value of type float64',
    ],
    [
      'application/merge-patch+json',
      '{"data":{"n":[-1e999]}}',
      'error decoding patch: json: cannot unmarshal number -1e999 into Go value of type float64',
    ],
    [
      'application/strategic-merge-patch+json',
      '{"data":{"n":1e400}}',
      'json: cannot unmarshal number 1e400 into Go value of type float64',
    ],
  ];
  for (const [type, patch, why] of tooLarge) {
    it(`(${type}) refuses ${patch}`, () => {
      expect(() => patched(type, patch))
        .to.throw(why)
        .with.property('code', 400);
    });
  }
});
