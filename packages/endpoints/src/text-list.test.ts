import { encodeYaml, parseExactly } from '@keelson/serialization';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { jsonList, prettyList, yamlList, type ListParts } from './text-list.ts';

const listOf = (items: readonly object[] | undefined): ListParts => ({
  head: Buffer.from(
    '{"kind":"ThingList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[',
  ),
  items: items?.map((item) => Buffer.from(JSON.stringify(item))),
});
const tableOf = (rows: readonly object[]): ListParts => ({
  head: Buffer.from(
    '{"kind":"Table","apiVersion":"v1","metadata":{},"columnDefinitions":[],"rows":[',
  ),
  items: rows.map((row) => Buffer.from(JSON.stringify(row))),
});
const textOf = (parts: Iterable<Uint8Array>): string => Buffer.concat([...parts]).toString();

const lists: readonly (readonly [name: string, list: () => ListParts])[] = [
  ['nothing', () => listOf([])],
  ['no list at all', () => listOf(undefined)],
  ['one item', () => listOf([{ metadata: { name: 'one' }, data: { a: 'x\ny\n', b: '<' } }])],
  ['items', () => listOf([{ a: 1 }, {}, { b: [1, [2]], c: null }])],
  ['rows', () => tableOf([{ cells: ['a', 1], object: null }, { cells: [] }])],
];

describe('A list in text', () => {
  for (const [name, list] of lists) {
    const document = () => parseExactly(textOf(jsonList(list())));

    it(`of ${name} is indented as if it were written at once`, () => {
      const pretty = JSON.stringify(document(), null, 2).replaceAll('<', '\\u003c');
      expect(textOf(prettyList(list()))).to.equal(pretty);
    });

    it(`of ${name} is YAML as if it were written at once`, () => {
      expect(textOf(yamlList(list()))).to.equal(Buffer.from(encodeYaml(document())).toString());
    });
  }

  it('takes its items one by one', () => {
    let taken = 0;
    const items = (function* () {
      for (; ; taken++) yield Buffer.from('{}');
    })();
    const chunks = yamlList({ ...listOf([]), items })[Symbol.iterator]();
    for (let count = 0; count < 5; count++) chunks.next();
    expect(taken).to.be.lessThan(5);
  });
});
