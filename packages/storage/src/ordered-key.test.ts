import { expect } from 'chai';
import { describe, it } from 'mocha';
import { endOfPrefix, orderedKey } from './ordered-key.ts';

describe('ordered key', () => {
  it('sorts as the bytes of the key do', () => {
    const keys = [
      '/a/\u{1f600}',
      '/a/\uffee',
      '/a/\ue000',
      '/a/z',
      '/a/é',
      '/a',
      '/a/-',
      '/a/\u{10000}x',
      '/b',
    ];
    const byBytes = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const ordered = keys.toSorted((a, b) => (orderedKey(a) < orderedKey(b) ? -1 : 1));
    expect(ordered).to.deep.equal(byBytes);
  });

  it('is the key itself for ordinary keys', () => {
    expect(orderedKey('/registry/pods/default/web')).to.equal('/registry/pods/default/web');
  });

  it('is below the end of its prefix and no other is', () => {
    const end = endOfPrefix('/r/pods/');
    expect(
      ['/r/pods/', '/r/pods/\uffff', '/r/pods/\u{10ffff}'].every((key) => orderedKey(key) < end),
    ).to.equal(true);
    expect('/r/pods0' < end).to.equal(false);
  });
});
