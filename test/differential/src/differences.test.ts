import { expect } from 'chai';
import { describe, it } from 'mocha';
import { differences } from './differences.ts';
import type { JsonObject } from './json.ts';
import type { Answer } from './server.ts';

const answer = (body: JsonObject, more: Partial<Answer> = {}): Answer => ({
  status: 200,
  warnings: [],
  body,
  ...more,
});
const entry = (manager: string) => ({ manager, time: manager });

/** A message that shows an object. */
const shown = (...managers: string[]): string => {
  const metadata = { name: 'x', managedFields: managers.map(entry) };
  return `Invalid value: ${JSON.stringify(JSON.stringify({ metadata, spec: 1 }))}: why`;
};

describe('Two answers', () => {
  const rows: readonly (readonly [what: string, a: Answer, b: Answer, told: readonly string[]])[] =
    [
      ['alike are the same', answer({ a: [1] }), answer({ a: [1] }), []],
      [
        'may have other uids',
        answer({ metadata: { uid: 'a' } }),
        answer({ metadata: { uid: 'b' } }),
        [],
      ],
      [
        'may not lack a uid',
        answer({ metadata: { uid: 'a' } }),
        answer({ metadata: {} }),
        ['body.metadata.uid: "<set>" but ours nothing'],
      ],
      ['differ in a status', answer({}), answer({}, { status: 409 }), ['status: 200 but ours 409']],
      [
        'differ in a warning',
        answer({}),
        answer({}, { warnings: ['w'] }),
        ['warnings: [] but ours ["w"]'],
      ],
      [
        'differ in an item',
        answer({ a: [1, 2] }),
        answer({ a: [1, 3] }),
        ['body.a[1]: 2 but ours 3'],
      ],
      [
        'differ in an order',
        answer({ a: [1, 2] }),
        answer({ a: [2, 1] }),
        ['body.a[0]: 1 but ours 2', 'body.a[1]: 2 but ours 1'],
      ],
      [
        'may have managers in another order',
        answer({ managedFields: [entry('a'), entry('b')] }),
        answer({ managedFields: [entry('b'), entry('a')] }),
        [],
      ],
      [
        'may show managers in another order',
        answer({ message: shown('a', 'b') }),
        answer({ message: shown('b', 'a') }),
        [],
      ],
      [
        'differ in fields of another order that they show',
        answer({ message: 'Invalid value: "{\\"a\\":1,\\"b\\":2}"' }),
        answer({ message: 'Invalid value: "{\\"b\\":2,\\"a\\":1}"' }),
        [
          'body.message: "Invalid value: \\"{\\\\\\"a\\\\\\":1,\\\\\\"b\\\\\\":2}\\"" but ours "Invalid value: \\"{\\\\\\"b\\\\\\":2,\\\\\\"a\\\\\\":1}\\""',
        ],
      ],
      [
        'may show other times',
        answer({ message: 'at 2026-01-01T00:00:00Z' }),
        answer({ message: 'at 2026-01-01T00:00:01Z' }),
        [],
      ],
      [
        'differ in a message',
        answer({ message: 'a' }),
        answer({ message: 'b' }),
        ['body.message: "a" but ours "b"'],
      ],
    ];
  for (const [what, a, b, told] of rows) {
    it(what, () => {
      expect(differences(a, b)).to.deep.equal(told);
    });
  }
});
