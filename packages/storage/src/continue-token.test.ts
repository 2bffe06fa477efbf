import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decodeContinue, encodeContinue, encodeInconsistentContinue } from './continue-token.ts';

const prefix = '/registry/pods/default/';

function token(fields: unknown): string {
  return Buffer.from(typeof fields === 'string' ? fields : JSON.stringify(fields)).toString(
    'base64url',
  );
}

describe('continue token', () => {
  it('is what kube-apiserver makes', () => {
    // Recorded from kube-apiserver v1.37: the second of two pages of config maps.
    expect(encodeContinue(prefix, `${prefix}c2`, 233)).to.equal(
      'eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MjMzLCJzdGFydCI6Ii9jMlx1MDAwMCJ9',
    );
  });

  it('goes on right after the last key', () => {
    expect(decodeContinue(encodeContinue(prefix, `${prefix}web`, 7), prefix)).to.deep.equal({
      startKey: `${prefix}web\0`,
      revision: 7,
    });
  });

  it('has revision -1 when it goes on inconsistently', () => {
    const position = decodeContinue(encodeInconsistentContinue(prefix, `${prefix}web\0`), prefix);
    expect(position).to.deep.equal({ startKey: `${prefix}web\0`, revision: -1 });
  });

  it('may begin without a slash', () => {
    const position = decodeContinue(token({ v: 'meta.k8s.io/v1', rv: 3, start: 'web\0' }), prefix);
    expect(position.startKey).to.equal(`${prefix}web\0`);
  });

  // Messages recorded from kube-apiserver v1.37.
  const refused: readonly { name: string; given: string; message: string }[] = [
    {
      name: 'a character that is not base64',
      given: 'abc!',
      message: 'illegal base64 data at input byte 3',
    },
    {
      name: 'a length that base64 does not have',
      given: 'a',
      message: 'illegal base64 data at input byte 0',
    },
    {
      name: 'what is no JSON',
      given: 'abcd',
      message: "invalid character 'i' looking for beginning of value",
    },
    { name: 'JSON that stops', given: token('{"v":'), message: 'unexpected end of JSON input' },
    {
      name: 'an array',
      given: token([1]),
      message: 'json: cannot unmarshal array into Go value of type storage.continueToken',
    },
    {
      name: 'a revision that is a string',
      given: token({ v: 'meta.k8s.io/v1', rv: 'x' }),
      message: 'json: cannot unmarshal string into Go struct field continueToken.rv of type int64',
    },
    {
      name: 'no version',
      given: token({}),
      message: 'server does not recognize this encoded version ',
    },
    {
      name: 'another version',
      given: token({ v: 'x' }),
      message: 'server does not recognize this encoded version x',
    },
    {
      name: 'no revision',
      given: token({ v: 'meta.k8s.io/v1', start: '/a' }),
      message: 'incorrect encoded start resourceVersion (version meta.k8s.io/v1)',
    },
    {
      name: 'no start',
      given: token({ v: 'meta.k8s.io/v1', rv: 1, start: '' }),
      message: 'encoded start key empty (version meta.k8s.io/v1)',
    },
    {
      name: 'a start that leaves the prefix',
      given: token({ v: 'meta.k8s.io/v1', rv: -1, start: '../c1\0' }),
      message: '../c1\0',
    },
    {
      name: 'a start with a dot segment',
      given: token({ v: 'meta.k8s.io/v1', rv: 1, start: 'a/./b' }),
      message: 'a/./b',
    },
    {
      name: 'a start with an empty segment',
      given: token({ v: 'meta.k8s.io/v1', rv: 1, start: 'a//b' }),
      message: 'a//b',
    },
  ];
  for (const { name, given, message } of refused) {
    it(`is refused with ${name}`, () => {
      expect(() => decodeContinue(given, prefix))
        .to.throw(`invalid continue token: continue key is not valid: ${message}`)
        .that.includes({ code: 400, reason: 'BadRequest' });
    });
  }
});
