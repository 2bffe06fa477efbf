import { badRequestError } from '@keelson/api-machinery';
import type { Revision } from '@keelson/storage-backend';
import { jsonProblem } from './json-problem.ts';

/** Where a list goes on. */
export interface ContinueToken {
  /** The whole key, inclusive. */
  readonly startKey: string;
  /** The revision that the list is read at; negative: the newest, which makes the list inconsistent. */
  readonly revision: Revision;
}

const version = 'meta.k8s.io/v1';
const invalidKey = 'continue key is not valid';

/**
 * The token for going on after `lastKey`, below `prefix` (which ends with a slash).
 * Behaviour: k8s.io/apiserver storage/continue.go, called by the cacher with a prefix that lacks the slash.
 */
export function encodeContinue(prefix: string, lastKey: string, revision: Revision): string {
  return encodeToken(`/${lastKey.slice(prefix.length)}\u0000`, revision);
}

/** The token of a 410: goes on at the newest revision from `startKey`. */
export function encodeInconsistentContinue(prefix: string, startKey: string): string {
  return encodeToken(startKey.slice(prefix.length), -1);
}

function encodeToken(start: string, rv: number): string {
  return Buffer.from(JSON.stringify({ v: version, rv, start })).toString('base64url');
}

/** Reads a token below `prefix`; throws 400 in kube-apiserver's words for one that is none, or that would leave the prefix. */
export function decodeContinue(token: string, prefix: string): ContinueToken {
  const outcome = decode(token, prefix);
  if (typeof outcome === 'string') throw badRequestError(`invalid continue token: ${outcome}`);
  return outcome;
}

function decode(token: string, prefix: string): ContinueToken | string {
  const damaged = base64Problem(token);
  if (damaged !== undefined) return `${invalidKey}: illegal base64 data at input byte ${damaged}`;
  const fields = parseFields(Buffer.from(token, 'base64url').toString('utf8'));
  if (typeof fields === 'string') return `${invalidKey}: ${fields}`;
  if (fields.v !== version)
    return `${invalidKey}: server does not recognize this encoded version ${fields.v}`;
  if (fields.rv === 0)
    return `${invalidKey}: incorrect encoded start resourceVersion (version ${version})`;
  if (fields.start === '') return `${invalidKey}: encoded start key empty (version ${version})`;
  const path = fields.start.startsWith('/') ? fields.start : `/${fields.start}`;
  if (!isCleanPath(path)) return `${invalidKey}: ${fields.start}`;
  return { startKey: prefix + path.slice(1), revision: fields.rv };
}

/** The offset of the first byte that raw base64url does not allow, as Go's decoder counts it (it skips line ends). */
function base64Problem(token: string): number | undefined {
  let length = 0;
  let first = 0;
  for (let index = 0; index < token.length; index++) {
    const character = token.charAt(index);
    if (character === '\n' || character === '\r') continue;
    if (!/[A-Za-z0-9_-]/.test(character)) return Buffer.byteLength(token.slice(0, index));
    if (length % 4 === 0) first = index;
    length++;
  }
  return length % 4 === 1 ? first : undefined;
}

interface TokenFields {
  readonly v: string;
  readonly rv: number;
  readonly start: string;
}

function parseFields(text: string): TokenFields | string {
  const problem = jsonProblem(text);
  if (problem !== undefined) return problem;
  const value: unknown = JSON.parse(text);
  if (value === null) return { v: '', rv: 0, start: '' };
  if (typeof value !== 'object' || Array.isArray(value))
    return `json: cannot unmarshal ${goKind(value)} into Go value of type storage.continueToken`;
  const { v, rv, start } = value as Record<string, unknown>;
  const wrong =
    wrongType('v', v, 'string') ??
    wrongType('rv', rv, 'int64') ??
    wrongType('start', start, 'string');
  if (wrong !== undefined) return wrong;
  return {
    v: (v as string | null | undefined) ?? '',
    rv: (rv as number | null | undefined) ?? 0,
    start: (start as string | null | undefined) ?? '',
  };
}

function wrongType(field: string, value: unknown, type: 'string' | 'int64'): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (type === 'string' ? typeof value === 'string' : Number.isInteger(value)) return undefined;
  const kind = typeof value === 'number' && type === 'int64' ? `number ${value}` : goKind(value);
  return `json: cannot unmarshal ${kind} into Go struct field continueToken.${field} of type ${type}`;
}

function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** Whether Go's `path.Clean` would leave a rooted path as it is. */
function isCleanPath(path: string): boolean {
  if (path === '/') return true;
  return path
    .slice(1)
    .split('/')
    .every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}
