import { expect } from 'chai';
import { describe, it } from 'mocha';
import { spliceResourceVersion } from './splice-resource-version.ts';

function splice(stored: string): string | undefined {
  const result = spliceResourceVersion(Buffer.from(stored), 42);
  return result && Buffer.from(result).toString();
}

describe('splicing the resourceVersion into a stored object', () => {
  const cases: readonly { name: string; stored: string; served: string }[] = [
    {
      name: 'puts it after the uid',
      stored:
        '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","namespace":"n","uid":"u","generation":1},"spec":{}}',
      served:
        '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","namespace":"n","uid":"u","resourceVersion":"42","generation":1},"spec":{}}',
    },
    {
      name: 'puts it last when nothing follows the uid',
      stored: '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","uid":"u"}}',
      served:
        '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","uid":"u","resourceVersion":"42"}}',
    },
    {
      name: 'puts it where it belongs without a uid',
      stored:
        '{"kind":"Range","apiVersion":"v1","metadata":{"name":"a","creationTimestamp":null},"range":"x"}',
      served:
        '{"kind":"Range","apiVersion":"v1","metadata":{"name":"a","resourceVersion":"42","creationTimestamp":null},"range":"x"}',
    },
    {
      name: 'puts it first before what follows it',
      stored: '{"kind":"A","apiVersion":"v1","metadata":{"labels":{"uid":"x"}}}',
      served:
        '{"kind":"A","apiVersion":"v1","metadata":{"resourceVersion":"42","labels":{"uid":"x"}}}',
    },
    {
      name: 'fills empty metadata',
      stored: '{"kind":"A","apiVersion":"v1","metadata":{}}',
      served: '{"kind":"A","apiVersion":"v1","metadata":{"resourceVersion":"42"}}',
    },
    {
      name: 'keeps the order of sorted keys',
      stored:
        '{"apiVersion":"e/v1","data":{"metadata":{"uid":"no"}},"kind":"A","metadata":{"name":"a","ownerReferences":[{"uid":"o"}],"uid":"u"}}',
      served:
        '{"apiVersion":"e/v1","data":{"metadata":{"uid":"no"}},"kind":"A","metadata":{"name":"a","ownerReferences":[{"uid":"o"}],"resourceVersion":"42","uid":"u"}}',
    },
    {
      name: 'replaces one that is there',
      stored:
        '{"kind":"A","apiVersion":"v1","metadata":{"name":"a","resourceVersion":"7","generation":1}}',
      served:
        '{"kind":"A","apiVersion":"v1","metadata":{"name":"a","resourceVersion":"42","generation":1}}',
    },
    {
      name: 'is not led astray by quotes and braces in strings',
      stored:
        '{"kind":"A","apiVersion":"v1","metadata":{"name":"a\\"uid\\":{","uid":"u\\\\","labels":{}}}',
      served:
        '{"kind":"A","apiVersion":"v1","metadata":{"name":"a\\"uid\\":{","uid":"u\\\\","resourceVersion":"42","labels":{}}}',
    },
    {
      name: 'finds metadata after other fields',
      stored: '{"kind":"A","spec":{"metadata":{"uid":"no"}},"metadata":{"uid":"u"}}',
      served:
        '{"kind":"A","spec":{"metadata":{"uid":"no"}},"metadata":{"uid":"u","resourceVersion":"42"}}',
    },
    {
      name: 'drops the newline at the end',
      stored: '{"kind":"A","apiVersion":"v1","metadata":{"uid":"u"}}\n',
      served: '{"kind":"A","apiVersion":"v1","metadata":{"uid":"u","resourceVersion":"42"}}',
    },
    {
      name: 'takes white space between tokens',
      stored: '{ "kind": "A", "metadata": { "uid": "u", "generation": 1 } }',
      served: '{ "kind": "A", "metadata": { "uid": "u", "resourceVersion":"42","generation": 1 } }',
    },
  ];
  for (const { name, stored, served } of cases) {
    it(name, () => expect(splice(stored)).to.equal(served));
  }

  for (const stored of [
    '',
    '{}',
    '[]',
    'k8s\0abc',
    '{"metadata":1}',
    '{"kind":"A","metadata":{"uid":"u"',
    '{"kind":"metadata"}',
  ]) {
    it(`finds no place in ${JSON.stringify(stored)}`, () =>
      expect(splice(stored)).to.equal(undefined));
  }

  it('leaves its input alone', () => {
    const stored = Buffer.from('{"kind":"A","metadata":{"uid":"u"}}');
    spliceResourceVersion(stored, 1);
    expect(stored.toString()).to.equal('{"kind":"A","metadata":{"uid":"u"}}');
  });
});
