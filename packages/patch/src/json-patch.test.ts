import { parseWithRawNumbers, type JsonValue } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { applyJsonPatch, parseJsonPatch } from './json-patch.ts';
import { isPolluted, nested, outcome } from './testing/patch-outcome.ts';

const applied = (document: JsonValue, operations: JsonValue): JsonValue =>
  outcome(() => applyJsonPatch(document, parseJsonPatch(operations).operations).value);

const document = { a: '1', b: { c: [1, 2, 3] }, 'x/y': { 'm~n': 0 } };

describe('JSON patch', () => {
  const table: readonly { name: string; operations: JsonValue; makes: JsonValue }[] = [
    {
      name: 'adds a field',
      operations: [{ op: 'add', path: '/d', value: true }],
      makes: { ...document, d: true },
    },
    {
      name: 'adds over a field',
      operations: [{ op: 'add', path: '/a', value: null }],
      makes: { ...document, a: null },
    },
    {
      name: 'adds null where nothing is given',
      operations: [{ op: 'add', path: '/d' }],
      makes: { ...document, d: null },
    },
    {
      name: 'inserts into a list',
      operations: [{ op: 'add', path: '/b/c/1', value: 9 }],
      makes: { ...document, b: { c: [1, 9, 2, 3] } },
    },
    {
      name: 'appends to a list',
      operations: [{ op: 'add', path: '/b/c/-', value: 9 }],
      makes: { ...document, b: { c: [1, 2, 3, 9] } },
    },
    {
      name: 'inserts at the end',
      operations: [{ op: 'add', path: '/b/c/3', value: 9 }],
      makes: { ...document, b: { c: [1, 2, 3, 9] } },
    },
    {
      name: 'inserts counting from the end',
      operations: [{ op: 'add', path: '/b/c/-2', value: 9 }],
      makes: { ...document, b: { c: [1, 2, 9, 3] } },
    },
    {
      name: 'reads indices with leading zeros and signs',
      operations: [{ op: 'replace', path: '/b/c/+01', value: 9 }],
      makes: { ...document, b: { c: [1, 9, 3] } },
    },
    {
      name: 'removes by an index from the end',
      operations: [{ op: 'remove', path: '/b/c/-1' }],
      makes: { ...document, b: { c: [1, 2] } },
    },
    {
      name: 'replaces what is missing',
      operations: [{ op: 'replace', path: '/d', value: 1 }],
      makes: { ...document, d: 1 },
    },
    {
      name: 'replaces the whole',
      operations: [{ op: 'replace', path: '', value: { z: 1 } }],
      makes: { z: 1 },
    },
    {
      name: 'unescapes paths',
      operations: [{ op: 'replace', path: '/x~1y/m~0n', value: 1 }],
      makes: { ...document, 'x/y': { 'm~n': 1 } },
    },
    {
      name: 'takes no notice of what stands before the first slash',
      operations: [{ op: 'remove', path: 'whatever/a' }],
      makes: { b: document.b, 'x/y': document['x/y'] },
    },
    {
      name: 'moves',
      operations: [{ op: 'move', from: '/b/c/0', path: '/b/c/2' }],
      makes: { ...document, b: { c: [2, 3, 1] } },
    },
    {
      name: 'copies, and what is copied is no longer the same',
      operations: [
        { op: 'copy', from: '/b', path: '/d' },
        { op: 'remove', path: '/d/c/0' },
      ],
      makes: { ...document, d: { c: [2, 3] } },
    },
    {
      name: 'tests, whatever the order of fields',
      operations: [
        { op: 'add', path: '/d', value: { p: 1, q: [{}] } },
        { op: 'test', path: '/d', value: { q: [{}], p: 1 } },
        { op: 'test', path: '/missing', value: null },
      ],
      makes: { ...document, d: { p: 1, q: [{}] } },
    },
    { name: 'that is null does nothing', operations: null, makes: document },
    {
      name: 'takes __proto__ for a name',
      operations: [{ op: 'add', path: '/b/__proto__', value: { polluted: true } }],
      makes: { ...document, b: JSON.parse('{"c":[1,2,3],"__proto__":{"polluted":true}}') },
    },
    {
      name: 'knows nothing that objects inherit',
      operations: [{ op: 'remove', path: '/toString' }],
      makes: '422: Unable to remove nonexistent key: toString: missing value',
    },
    {
      name: 'refuses a test that fails',
      operations: [{ op: 'test', path: '/a', value: '2' }],
      makes: '422: testing value /a failed: test failed',
    },
    {
      name: 'refuses to take a number’s text for its value',
      operations: parseWithRawNumbers('[{"op":"test","path":"/b/c/0","value":1.0}]'),
      makes: '422: testing value /b/c/0 failed: test failed',
    },
    {
      name: 'refuses a list that ends before',
      operations: [{ op: 'replace', path: '/b/c/3', value: 1 }],
      makes: '422: Unable to access invalid index: 3: invalid index referenced',
    },
    {
      name: 'refuses an index that is a word',
      operations: [{ op: 'remove', path: '/b/c/first' }],
      makes: '422: Unable to access invalid index: first: invalid index referenced',
    },
    {
      name: 'refuses to remove after the last',
      operations: [{ op: 'remove', path: '/b/c/-' }],
      makes: '422: Unable to access invalid index: -: invalid index referenced',
    },
    {
      name: 'refuses a path through what is no container',
      operations: [{ op: 'add', path: '/a/b', value: 1 }],
      makes: '422: the document is missing the path: /a/b',
    },
    {
      name: 'refuses an operation without a path',
      operations: [{ op: 'add', value: 1 }],
      makes: '422: operation missing path field: missing value',
    },
    {
      name: 'refuses a move from nowhere',
      operations: [{ op: 'move', path: '/a' }],
      makes: '422: operation missing from field: missing value',
    },
    {
      name: 'refuses to make a document of text',
      operations: [{ op: 'replace', path: '', value: 'x' }],
      makes: '422: replace operation value must be object or array',
    },
    {
      name: 'refuses an operation that there is not',
      operations: [{ op: 'toString', path: '/a' }],
      makes: '422: Unexpected kind: toString',
    },
    {
      name: 'refuses an object',
      operations: {},
      makes:
        '400: error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    },
    {
      name: 'refuses an operation that is none',
      operations: [7],
      makes:
        '400: error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp',
    },
    {
      name: 'refuses a path that is no text',
      operations: [{ op: 'add', path: 7 }],
      makes:
        '400: error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.path of type string',
    },
  ];
  for (const { name, operations, makes } of table) {
    it(name, () => {
      expect(applied(document, operations)).to.deep.equal(makes);
    });
  }

  it('leaves its arguments as they are', () => {
    const [before, value] = [structuredClone(document), { v: [1] }];
    const operations: JsonValue[] = [
      { op: 'add', path: '/d', value },
      { op: 'add', path: '/d/v/-', value: 2 },
      { op: 'remove', path: '/b/c' },
    ];
    expect(applied(before, operations)).to.deep.include({ d: { v: [1, 2] }, b: {} });
    expect(before).to.deep.equal(document);
    expect(value).to.deep.equal({ v: [1] });
  });

  it('pollutes nothing', () => {
    applied(document, [
      { op: 'add', path: '/__proto__/polluted', value: true },
      { op: 'add', path: '/constructor/prototype/polluted', value: true },
    ]);
    expect(isPolluted()).to.equal(false);
  });

  it('names what is no member of an operation', () => {
    const { problems } = parseJsonPatch([
      { op: 'add', path: '/a', value: 1, surprise: 2 },
      { op: 'remove', path: '/a', From: '/b' },
    ]);
    expect(problems).to.deep.equal([
      'json patch unknown field "[0].surprise"',
      'json patch unknown field "[1].From"',
    ]);
  });

  it('keeps the text of numbers, also of copies', () => {
    const operations = parseWithRawNumbers(
      '[{"op":"add","path":"/d","value":[1.0]},{"op":"copy","from":"/d","path":"/e"}]',
    );
    expect(JSON.stringify(applied({}, operations))).to.equal('{"d":[1.0],"e":[1.0]}');
  });

  const order: readonly { name: string; operations: JsonValue; written: string }[] = [
    {
      name: 'leaves what it does not go through',
      operations: [],
      written: '{"a":{"z":{"b":1,"a":2},"y":[{"b":1,"a":2}]}}',
    },
    {
      name: 'sorts what it goes through, in lists, too',
      operations: [{ op: 'add', path: '/a/y/0/c', value: { z: 1, b: 2 } }],
      written: '{"a":{"y":[{"a":2,"b":1,"c":{"z":1,"b":2}}],"z":{"b":1,"a":2}}}',
    },
    {
      name: 'sorts all that it has compared',
      operations: [{ op: 'test', path: '/a/z', value: { a: 2, b: 1 } }],
      written: '{"a":{"y":[{"b":1,"a":2}],"z":{"a":2,"b":1}}}',
    },
    {
      name: 'copies what it has gone through as it is written then',
      operations: [
        { op: 'copy', from: '/a/z', path: '/c' },
        { op: 'remove', path: '/a/z/b' },
        { op: 'copy', from: '/a', path: '/b' },
      ],
      written:
        '{"a":{"y":[{"b":1,"a":2}],"z":{"a":2}},"b":{"y":[{"b":1,"a":2}],"z":{"a":2}},"c":{"b":1,"a":2}}',
    },
  ];
  for (const { name, operations, written } of order) {
    it(`${name}, as it is written`, () => {
      const unsorted = { a: { z: { b: 1, a: 2 }, y: [{ b: 1, a: 2 }] } };
      const patched = applyJsonPatch(unsorted, parseJsonPatch(operations).operations);
      expect(JSON.stringify(patched.written())).to.equal(written);
      expect(patched.written()).to.deep.equal(patched.value);
    });
  }

  describe('has limits', () => {
    const repeated = (times: number, operation: JsonValue) =>
      Array.from({ length: times }, () => operation);

    it('of 10,000 operations', () => {
      const test = { op: 'test', path: '/a', value: '1' };
      expect(applied(document, repeated(10_000, test))).to.deep.equal(document);
      expect(applied(document, repeated(10_001, test))).to.equal(
        '413: The allowed maximum operations in a JSON patch is 10000, got 10001',
      );
    });

    it('of 3 MiB of copies', () => {
      const large = { list: ['x'.repeat(1_000_000)] };
      const copy = { op: 'copy', from: '/list/0', path: '/list/-' };
      expect(applied(large, repeated(3, copy)))
        .to.have.property('list')
        .with.length(4);
      expect(applied(large, repeated(4, copy))).to.match(
        /^422: Unable to complete the copy, the accumulated size increase of copy is 4000008, exceeding the limit 3145728$/,
      );
    });

    it('of copies that double', () => {
      const double = { op: 'copy', from: '/d', path: '/d/-' };
      expect(applied({ d: ['x'] }, repeated(60, double))).to.match(/^422: Unable to complete/);
    });

    const paths = Array.from({ length: 2000 }, (_, depth) => '/a'.repeat(depth + 1));
    const deep: readonly { name: string; operations: JsonValue }[] = [
      { name: 'a value', operations: [{ op: 'add', path: '/a', value: nested(9000) }] },
      { name: 'what is tested', operations: [{ op: 'test', path: '/a', value: nested(9000) }] },
      {
        name: 'copies that go deeper each time',
        operations: [
          { op: 'add', path: '/a', value: nested(900) },
          ...repeated(10, { op: 'copy', from: '/a', path: '/a'.repeat(900) }),
        ],
      },
      {
        name: 'what many operations make',
        operations: paths.map((path) => ({ op: 'add', path, value: {} })),
      },
    ];
    for (const { name, operations } of deep) {
      it(`of depth, for ${name}`, () => {
        expect(applied({}, operations)).to.equal(
          '422: what is nested deeper than 1000 levels cannot be patched',
        );
      });
    }
  });
});
