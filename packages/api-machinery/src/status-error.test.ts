import { expect } from 'chai';
import { describe, it } from 'mocha';
import { fieldPath } from './field-path.ts';
import { invalid } from './field-error.ts';
import { validateFieldManager } from './options-validation.ts';
import { invalidError } from './status-error.ts';

describe('An error about a body', () => {
  const kind = { group: '', kind: 'Pod' };

  it('tells every fault of a body that has not very many', () => {
    const errors = Array.from({ length: 1000 }, (_, index) => invalid('spec', index, 'no'));
    const { message, details } = invalidError(kind, 'p', errors);
    expect(details?.causes).to.have.length(1000);
    expect(message).to.not.contain('more');
  });

  it('tells how many more there are', () => {
    const errors = Array.from({ length: 5000 }, (_, index) => invalid('spec', index, 'no'));
    const { message, details } = invalidError(kind, 'p', errors);
    expect(details?.causes).to.have.length(1000);
    expect(message).to.match(/, and 4000 more\]$/);
  });

  it('is not many times as long as the body', () => {
    const value = 'x'.repeat(400_000);
    const errors = Array.from({ length: 500 }, () => invalid('spec', value, 'no'));
    expect(invalidError(kind, 'p', errors).message.length).to.be.lessThan(2_000_000);
  });

  it('tells a fault that is long by itself', () => {
    const errors = [invalid('spec', 'x'.repeat(3_000_000), 'no')];
    expect(invalidError(kind, 'p', errors).details?.causes).to.have.length(1);
  });
});

describe('A field manager', () => {
  const problems = (name: string): readonly string[] =>
    validateFieldManager(name, fieldPath('fieldManager')).map(({ body }) => body);

  it('is told of every character that cannot be printed', () => {
    expect(problems('a\x01\u200b')).to.deep.equal([
      String.raw`Invalid value: "a\x01\u200b": invalid character U+0001 (at position 1)`,
      String.raw`Invalid value: "a\x01\u200b": invalid character U+200B (at position 2)`,
    ]);
  });

  it('that is too long is told of one', () => {
    expect(problems('\x01'.repeat(100_000))).to.have.length(2);
  });
});
