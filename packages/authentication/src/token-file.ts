import { createHmac, randomBytes } from 'node:crypto';
import { bearerToken, type AuthenticatedUser, type Authenticator } from './authenticator.ts';
import { parseCsv } from './csv.ts';

/**
 * Bearer tokens of a file: records of `token,user,uid[,"group1,group2"]`. Throws for a file that is none.
 * Behaviour: k8s.io/apiserver authentication/token/tokenfile, v1.37.
 */
export function tokenFileAuthenticator(csv: string): Authenticator {
  // Tokens are looked up by a keyed digest: the time that it takes says nothing about what is in the file.
  const secret = randomBytes(32);
  const digestOf = (token: string): string =>
    createHmac('sha256', secret).update(token).digest('base64');
  const users = new Map(
    recordsOf(csv).map(([token = '', ...rest]) => [digestOf(token), userOf(rest)]),
  );
  return ({ authorization }) => {
    const token = bearerToken(authorization);
    return Promise.resolve(
      token === undefined ? undefined : (users.get(digestOf(token)) ?? 'invalid'),
    );
  };
}

function recordsOf(csv: string): readonly (readonly string[])[] {
  const records = parseCsv(csv);
  if (records === undefined)
    throw new Error('the token file is no CSV: a quote is where none may be');
  const short = records.find(({ length }) => length < 3);
  if (short !== undefined)
    throw new Error(
      `the token file must have at least 3 columns (token, user name, user uid), found ${short.length}`,
    );
  return records.filter(([token]) => token !== '');
}

function userOf([name = '', uid = '', groups]: readonly string[]): AuthenticatedUser {
  return { name, groups: groups?.split(',') ?? [], ...(uid === '' ? {} : { uid }) };
}
