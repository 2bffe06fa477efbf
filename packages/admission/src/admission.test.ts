import { expect } from 'chai';
import { describe, it } from 'mocha';
import { createAdmissionChain } from './admission.ts';
import { defaultPlugins } from './default-plugins.ts';
import { lookupIn, write } from './testing/attributes.ts';

describe('The admission chain', () => {
  it('asks plugins in their order, for what they do', async () => {
    const asked: string[] = [];
    const note = (what: string) => () => Promise.resolve(void asked.push(what));
    const chain = createAdmissionChain([
      { name: 'A', admit: note('admit A'), validate: note('validate A') },
      { name: 'B', validate: note('validate B') },
      { name: 'C', admit: note('admit C') },
    ]);
    await chain.admit(write({}));
    await chain.validate(write({}));
    expect(asked).to.deep.equal(['admit A', 'admit C', 'validate A', 'validate B']);
  });

  it('ends with the first refusal', async () => {
    const asked: string[] = [];
    const chain = createAdmissionChain([
      { name: 'A', admit: () => Promise.reject(new Error('no')) },
      { name: 'B', admit: () => Promise.resolve(void asked.push('B')) },
    ]);
    const refused: unknown = await chain.admit(write({})).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).to.be.an('error').with.property('message', 'no');
    expect(asked).to.deep.equal([]);
  });

  it('has kube-apiserver’s plugins in its order', () => {
    expect(defaultPlugins(lookupIn({})).map(({ name }) => name)).to.deep.equal([
      'NamespaceLifecycle',
      'ServiceAccount',
      'TaintNodesByCondition',
      'Priority',
      'DefaultTolerationSeconds',
      'RuntimeClass',
    ]);
  });
});
