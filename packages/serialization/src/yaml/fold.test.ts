import { expect } from 'chai';
import { describe, it } from 'mocha';
import { encodeYaml } from './encode-yaml.ts';

const words = 'aaa bbb ccc ddd eee fff ggg hhh iii jjj kkk lll mmm nnn ooo ppp qqq rrr sss ttt uuu';
const yaml = (value: Parameters<typeof encodeYaml>[0]): string =>
  Buffer.from(encodeYaml(value)).toString();

describe('A long text in YAML', () => {
  const [early, late] = [words.indexOf(' ttt'), words.indexOf(' uuu')];
  const twice = words.replace('ttt ', 'ttt  ');
  // As yaml.v2 writes them.
  const rows: readonly (readonly [what: string, value: string, text: string])[] = [
    ['goes on below its key', words, `${words.slice(0, late)}\n    uuu`],
    ['goes on in quotes', `${words}: x`, `'${words.slice(0, early)}\n    ttt uuu: x'`],
    [
      'is broken in double quotes',
      `${words}\u0001`,
      `"${words.slice(0, early)}\n    ttt uuu\\x01"`,
    ],
    ['is not broken where two spaces are', `${twice} x y`, `${twice}\n    x y`],
    ['is not broken within words', 'x'.repeat(200), 'x'.repeat(200)],
    ['keeps its lines when it has some', `${words} vvv\nx`, `|-\n    ${words} vvv\n    x`],
  ];
  for (const [what, value, text] of rows) {
    it(what, () => {
      expect(yaml({ data: { a: value } })).to.equal(`data:\n  a: ${text}\n`);
    });
  }
});
