import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  bearerToken,
  createAuthenticator,
  type AuthenticatedUser,
  type Authenticator,
} from './authenticator.ts';

const jane: AuthenticatedUser = { name: 'jane', groups: ['g'] };
const knows: Authenticator = () => Promise.resolve(jane);
const passes: Authenticator = () => Promise.resolve(undefined);
const refuses: Authenticator = () => Promise.resolve('invalid');
const nobody: AuthenticatedUser = { name: 'system:anonymous', groups: ['system:unauthenticated'] };
const someone: AuthenticatedUser = { name: 'jane', groups: ['g', 'system:authenticated'] };

describe('authentication', () => {
  const cases: readonly {
    name: string;
    authenticators: readonly Authenticator[];
    anonymous?: boolean;
    authorization?: string;
    user: AuthenticatedUser | undefined;
  }[] = [
    { name: 'takes the first that knows the user', authenticators: [passes, knows], user: someone },
    {
      name: 'takes one that knows the user though another refused',
      authenticators: [refuses, knows],
      user: someone,
    },
    {
      name: 'lets nobody in with wrong credentials',
      authenticators: [refuses, passes],
      user: undefined,
    },
    { name: 'lets those in as nobody who show nothing', authenticators: [passes], user: nobody },
    {
      name: 'lets nobody in where that is not allowed',
      authenticators: [passes],
      anonymous: false,
      user: undefined,
    },
    {
      name: 'does not take a token that nobody knows for no token',
      authenticators: [passes],
      authorization: 'Bearer x',
      user: undefined,
    },
    {
      name: 'takes no notice of a scheme that it does not have',
      authenticators: [passes],
      authorization: 'Basic eDp5',
      user: nobody,
    },
  ];
  for (const { name, authenticators, anonymous = true, authorization, user } of cases) {
    it(name, async () => {
      expect(
        await createAuthenticator({ authenticators, anonymous })({
          certificate: undefined,
          authorization,
        }),
      ).to.deep.equal(user);
    });
  }

  const headers: readonly [string | undefined, string | undefined][] = [
    ['Bearer abc', 'abc'],
    ['bEaReR abc', 'abc'],
    ['  Bearer abc ', 'abc'],
    ['Bearer a b', 'a'],
    ['Bearer', undefined],
    ['Bearer  abc', undefined],
    ['Basic abc', undefined],
    ['', undefined],
    [undefined, undefined],
  ];
  for (const [header, token] of headers) {
    it(`finds ${token ?? 'no token'} in ${JSON.stringify(header) ?? 'no header'}`, () => {
      expect(bearerToken(header)).to.equal(token);
    });
  }
});
