import type { ApiRequest } from './http.ts';

// Behaviour: Go's net/http ServeContent, which is RFC 9110 section 13.

/** What a client may already have. */
export interface Validators {
  /** With its quotes. */
  readonly etag?: string;
  /** In milliseconds. */
  readonly modified: number;
}

type Asked = Pick<ApiRequest, 'method' | 'headers'>;

/** Answers for the whole: that it is not what the client counts on, or what the client has. Undefined: it is to be sent. */
export function preconditionStatus(request: Asked, validators: Validators): 304 | 412 | undefined {
  const { method, headers } = request;
  const isRead = method === 'GET' || method === 'HEAD';
  const [match, noneMatch] = [headers['if-match'], headers['if-none-match']];
  const isExpected =
    match === undefined
      ? !isModifiedSince(headers['if-unmodified-since'], validators)
      : hasTag(match, validators.etag, isStronglySame);
  if (!isExpected) return 412;
  if (noneMatch !== undefined)
    return hasTag(noneMatch, validators.etag, isWeaklySame) ? (isRead ? 304 : 412) : undefined;
  const since = isRead ? headers['if-modified-since'] : undefined;
  return secondsOf(since) !== undefined && !isModifiedSince(since, validators) ? 304 : undefined;
}

/** Whether the parts that a client asks for are of what it has the others of. */
export function isSameForRange(request: Asked, { etag, modified }: Validators): boolean {
  const asked = request.headers['if-range'];
  if (asked === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return true;
  const [tag] = tagsOf(asked);
  if (tag !== undefined) return isStronglySame(tag, etag);
  return secondsOf(asked) === Math.floor(modified / 1000);
}

function isModifiedSince(header: string | undefined, { modified }: Validators): boolean {
  const seconds = secondsOf(header);
  return seconds !== undefined && Math.floor(modified / 1000) > seconds;
}

type Same = (tag: string, etag: string | undefined) => boolean;
const isStronglySame: Same = (tag, etag) => tag === etag && tag.startsWith('"');
const withoutWeakness = (tag: string | undefined): string | undefined => tag?.replace(/^W\//, '');
const isWeaklySame: Same = (tag, etag) => withoutWeakness(tag) === withoutWeakness(etag);

/** `*` stands for any tag. */
const hasTag = (header: string, etag: string | undefined, isSame: Same): boolean =>
  tagsOf(header).some((tag) => tag === '*' || isSame(tag, etag));

/** What is no tag ends the list. */
function tagsOf(header: string): readonly string[] {
  const next = /[\s,]*(\*|(?:W\/)?"[\x21\x23-\x7e\x80-\uffff]*")/y;
  const tags: string[] = [];
  for (let found = next.exec(header); found !== null; found = next.exec(header))
    tags.push(found[1] ?? '');
  return tags;
}

/** The three forms that HTTP knows; the last has no zone. */
const dateForms = [
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]+day, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/,
];

/** Undefined for what is no date: such a condition is none. */
function secondsOf(header: string | undefined): number | undefined {
  if (header === undefined || !dateForms.some((form) => form.test(header))) return undefined;
  const time = Date.parse(header.endsWith('GMT') ? header : `${header} GMT`);
  return Number.isNaN(time) ? undefined : time / 1000;
}
