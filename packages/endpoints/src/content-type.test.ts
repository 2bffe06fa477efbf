import { StatusError } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { inputMediaType } from './content-type.ts';
import { servedMediaTypes } from './media-types.ts';

const { objects } = servedMediaTypes(false);

describe('The type of a body', () => {
  const known: readonly (readonly [header: string | undefined, type: string])[] = [
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['application/json', 'application/json'],
    ['APPLICATION/JSON', 'application/json'],
    ['application/json; charset=utf-8', 'application/json'],
    ['application/json;charset="a;b"', 'application/json'],
    ['application/json ; a=1 ; b=2;', 'application/json'],
    ['application/yaml', 'application/yaml'],
    ['application/vnd.kubernetes.protobuf', 'application/vnd.kubernetes.protobuf'],
  ];
  for (const [header, type] of known) {
    it(`is ${type} for ${JSON.stringify(header ?? null)}`, () => {
      expect(inputMediaType(header, objects)).to.equal(type);
    });
  }

  const unknown = [
    'text/plain',
    '*/*',
    'application/*',
    'json',
    'application/json;;',
    'application/json; x',
    'application/json; a=1; A=2',
    'application/json; charset="x',
    'application/json, application/json',
  ];
  for (const header of unknown) {
    it(`is refused for ${JSON.stringify(header)}`, () => {
      expect(() => inputMediaType(header, objects))
        .to.throw(StatusError)
        .with.property('code', 415);
    });
  }

  for (const hostile of [
    `application/json${' '.repeat(50_000)};${' '.repeat(50_000)}!`,
    `application/json${';a=1'.repeat(20_000)}`,
  ]) {
    it(`is found out in time for ${hostile.length} bytes of ${JSON.stringify(hostile.slice(16, 20))}`, () => {
      expect(() => inputMediaType(hostile, objects)).to.throw(StatusError);
    });
  }
});
