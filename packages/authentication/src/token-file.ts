import { createHash, timingSafeEqual } from 'node:crypto';
import type { AuthenticatedUser, Authenticator } from './authenticator.ts';

interface Known {
  readonly digest: Buffer;
  readonly user: AuthenticatedUser;
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Bearer tokens of a file: lines of `token,user,uid[,"group1,group2"]`. Throws for a file that is none.
 * Behaviour: k8s.io/apiserver authentication/token/tokenfile, v1.37.
 */
export function tokenFileAuthenticator(csv: string): Authenticator {
  const known = csv.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#')).map(parseLine);
  return ({ authorization }) => {
    const token = bearerToken(authorization);
    if (token === undefined) return Promise.resolve(undefined);
    return Promise.resolve(find(known, token) ?? 'invalid');
  };
}

/** Compares digests, all of them: neither a token's length nor its first letters can be told from the time that it takes. */
function find(known: readonly Known[], token: string): AuthenticatedUser | undefined {
  const digest = digestOf(token);
  return known.filter((one) => timingSafeEqual(one.digest, digest))[0]?.user;
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerToken(header: string | undefined): string | undefined {
  const match = /^bearer +(\S+)\s*$/i.exec(header ?? '');
  return match?.[1];
}

function parseLine(line: string, index: number): Known {
  const fields = fieldsOf(line);
  const [token = '', name = '', uid = '', groups = ''] = fields;
  if (fields.length < 3 || token === '' || name === '') {
    throw new Error(`token file, line ${index + 1}: must have at least 3 columns (token, user name, user uid), found ${fields.length}`);
  }
  const list = groups.split(',').map((group) => group.trim()).filter((group) => group !== '');
  return { digest: digestOf(token), user: { name, groups: list, ...(uid === '' ? {} : { uid }) } };
}

/** Fields between commas; one in quotes may have commas in it. */
function fieldsOf(line: string): string[] {
  return [...line.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)]
    .slice(0, -1)
    .map(([, quoted, plain = '']) => (quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"')));
}
