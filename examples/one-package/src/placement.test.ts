import { fieldErrorMessage } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { allowedNodes, validatePlacement } from './placement.ts';

describe('A placement', () => {
  it('allows the nodes that it selects', () => {
    const nodes: Parameters<typeof allowedNodes>[1] = [
      { name: 'n1', labels: { zone: 'a' } },
      { name: 'n2', labels: { zone: 'b', old: '' } },
      { name: 'n3', labels: { zone: 'c' } },
    ];
    expect(allowedNodes({ name: 'p', nodes: 'zone in (a, b), !old' }, nodes)).to.deep.equal(['n1']);
  });

  it('is told what is wrong with it', () => {
    const errors = validatePlacement({ name: '', nodes: 'zone in a' });
    expect(errors.map(fieldErrorMessage)).to.deep.equal([
      'name: Required value',
      "nodes: Invalid value: \"zone in a\": unable to parse requirement: found 'a' expected: '('",
    ]);
  });
});
