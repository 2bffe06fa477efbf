import { expect } from 'chai';
import { describe, it } from 'mocha';
import { compareSteps, keyStep, pathText, readStep, valueStep } from './step.ts';

describe('A step', () => {
  const read: readonly (readonly [text: string, step: string | null | undefined])[] = [
    ['f:name', 'f:name'],
    ['f:', 'f:'],
    ['f:a:b', 'f:a:b'],
    ['k:{"b":1,"a":"x"}', 'k:{"a":"x","b":1}'],
    ['k:{ "a" : 1.0 }', 'k:{"a":1}'],
    ['v:"a<b"', 'v:"a\\u003cb"'],
    ['v:1', 'v:1'],
    ['i:7', 'i:7'],
    ['x:later', null],
    ['name', undefined],
    ['', undefined],
    ['k:{', undefined],
    ['k:[]', undefined],
    ['v:', undefined],
    ['i:x', undefined],
  ];
  for (const [text, step] of read) {
    it(`${JSON.stringify(text)} is read as ${step ?? 'nothing'}`, () => {
      expect(readStep(text)).to.equal(step);
    });
  }

  it('is written as Go writes JSON', () => {
    expect(valueStep('a&<>\b\f\\b\u2028')).to.equal(
      'v:"a\\u0026\\u003c\\u003e\\u0008\\u000c\\\\b\\u2028"',
    );
    expect(
      keyStep([
        ['port', 80],
        ['name', 'x'],
      ]),
    ).to.equal('k:{"name":"x","port":80}');
  });

  it('has its place: fields, keys, values, positions; numbers by their size, texts by their bytes', () => {
    const sorted = [
      'f:a',
      'f:b',
      'f:\uffee',
      'f:\u{10000}',
      'k:{"port":80}',
      'k:{"port":80,"protocol":"TCP"}',
      'k:{"port":443}',
      'k:{"port":"80"}',
      'v:9',
      'v:10',
      'v:"10"',
      'v:"9"',
      'v:false',
      'v:null',
      'i:9',
      'i:10',
    ];
    expect([...sorted].reverse().sort(compareSteps)).to.deep.equal(sorted);
  });

  it('is shown as a part of a path', () => {
    const path = ['f:spec', 'f:ports', 'k:{"port":80,"protocol":"TCP"}', 'v:"a"', 'i:0'];
    expect(pathText(path)).to.equal('.spec.ports[port=80,protocol="TCP"][="a"][0]');
  });
});
