import { parseWithRawNumbers, type JsonValue } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { mergePatch } from './merge-patch.ts';
import { isPolluted, nested, outcome } from './testing/patch-outcome.ts';

describe('Merge patch', () => {
  // The first fourteen are the examples of RFC 7396; where upstream makes something else of one, it says so.
  const table: readonly (readonly [target: string, patch: string, makes: string])[] = [
    ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
    ['{"a":"b"}', '{"a":null}', '{}'],
    ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
    ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
    ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
    ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
    ['["a","b"]', '["c","d"]', '["c","d"]'],
    ['{"a":"b"}', '["c"]', '["c"]'],
    ['{"a":"foo"}', 'null', 'null'],
    ['{"a":"foo"}', '"bar"', '"bar"'],
    ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
    ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
    ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
    ['{}', '{"a":[{"b":null,"c":1},null]}', '{"a":[{"c":1},null]}'],
    ['{"a":1}', '{"a":{"b":null}}', '{"a":{}}'],
    ['{"a":{"b":1}}', '{"a":[{"b":null}]}', '{"a":[{"b":null}]}'],
    ['{}', '{"__proto__":{"polluted":true}}', '{"__proto__":{"polluted":true}}'],
    ['{"__proto__":{"a":1}}', '{"__proto__":{"b":2}}', '{"__proto__":{"a":1,"b":2}}'],
    [
      '{}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      '{"constructor":{"prototype":{"polluted":true}}}',
    ],
    ['{"a":1}', '{"toString":null}', '{"a":1}'],
    ['{"a":1}', '{"a":2.0,"b":1e3}', '{"a":2.0,"b":1e3}'],
  ];
  for (const [target, patch, makes] of table) {
    it(`${patch} makes ${makes} of ${target}`, () => {
      const merged = mergePatch(JSON.parse(target), parseWithRawNumbers(patch));
      expect(JSON.stringify(merged)).to.equal(makes);
      expect(isPolluted()).to.equal(false);
    });
  }

  it('leaves its arguments as they are, and shares nothing with the patch', () => {
    const [target, patch] = [{ a: { b: 1 } }, { a: { c: { d: [1] } } }];
    const merged = mergePatch(target, patch) as { a: { c: { d: JsonValue[] } } };
    merged.a.c.d.push(2);
    expect(target).to.deep.equal({ a: { b: 1 } });
    expect(patch).to.deep.equal({ a: { c: { d: [1] } } });
  });

  it('goes a thousand levels deep and no deeper', () => {
    expect(outcome(() => mergePatch({}, nested(1000)))).to.deep.equal(nested(1000));
    for (const levels of [1002, 9000]) {
      expect(outcome(() => mergePatch({}, nested(levels)))).to.match(/^422: what is nested deeper/);
      expect(outcome(() => mergePatch(nested(levels), {}))).to.match(/^422: what is nested deeper/);
    }
  });
});
