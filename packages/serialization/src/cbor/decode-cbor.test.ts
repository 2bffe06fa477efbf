import { expect } from 'chai';
import { describe, it } from 'mocha';
import { cborCases, outcomeText } from '../testing/cbor-cases.ts';
import { outcomeOf } from '../testing/decode-outcome.ts';
import { parseCbor } from './decode-cbor.ts';

describe('CBOR that somebody sends', () => {
  for (const { subject, name, type, document, outcome } of cborCases())
    it(`is read as Kubernetes reads it: ${subject}: ${name}`, () => {
      expect(outcomeText(outcomeOf(document, type))).to.equal(outcome);
    });

  const nested = (head: string, levels: number): Uint8Array =>
    Buffer.from(`${head.repeat(levels)}01`, 'hex');

  it('may be nested ten thousand times', () => {
    let value = parseCbor(nested('81', 10_000));
    for (let level = 0; level < 10_000; level++) [value = null] = value as never[];
    expect(value).to.equal(1);
    expect(parseCbor(nested('c5', 10_001))).to.equal(1);
  });

  const deeper: readonly (readonly [name: string, document: Uint8Array])[] = [
    ['lists', nested('81', 10_001)],
    ['maps', nested('a14161', 10_001)],
    ['lists without a length', nested('9f', 100_000)],
    ['tags', nested('c5', 10_002)],
  ];
  for (const [name, document] of deeper)
    it(`may not be nested deeper: ${name}`, () => {
      expect(() => parseCbor(document)).to.throw('cbor: exceeded max nested level 10000');
    });

  const schemas = (levels: number): Uint8Array =>
    Buffer.concat([
      Buffer.from('a14473706563a14876657273696f6e7381a146736368656d61a14f', 'hex'),
      Buffer.from('openAPIV3Schema'),
      Buffer.from(`${'a14a70726f70657274696573a14161'.repeat(levels)}a0`, 'hex'),
    ]);
  const crd = 'apiextensions/v1.CustomResourceDefinition';
  it('may have schemas in schemas, up to a depth', () => {
    expect(outcomeOf(schemas(400), crd)).to.have.property('json');
    for (const levels of [600, 4900])
      expect(outcomeOf(schemas(levels), crd)).to.deep.equal({
        refused: 'cbor: exceeded max nested level 500',
      });
  });
});
