import { notAcceptableError, StatusError, unsupportedMediaTypeError } from '@keelson/api-machinery';

/** A form that an object is asked for in. */
export interface Transform {
  readonly as: string;
  readonly group: string;
  readonly version: string;
}

/** What a client accepts and we have. */
export interface Accepted {
  readonly mediaType: MediaType;
  readonly pretty: boolean;
  readonly transform: Transform | undefined;
}

export type MediaType = 'application/json' | 'application/yaml';
const mediaTypes: readonly MediaType[] = ['application/json', 'application/yaml'];

interface Clause {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Which forms an endpoint has, besides the object itself. */
export type AllowedTransforms = (transform: Transform, mediaType: MediaType) => boolean;

const parsed = new Map<string, readonly Clause[]>();
/** Clients send a handful of headers again and again; others must not fill the memory. */
const parsedLimit = 256;

function clausesOf(header: string): readonly Clause[] {
  const known = parsed.get(header);
  if (known !== undefined) return known;
  const clauses = header
    .split(',')
    .flatMap(parseClause)
    .sort((a, b) => order(b) - order(a));
  if (parsed.size >= parsedLimit) parsed.clear();
  parsed.set(header, clauses);
  return clauses;
}

/** By quality; among equals, the less general first. Behaviour: munnerz/goautoneg. */
const order = ({ quality, type, subtype }: Clause): number =>
  quality * 10 - (type === '*' ? 2 : subtype === '*' ? 1 : 0);

function parseClause(part: string): Clause[] {
  const [range = '', ...parameters] = part.trim().split(';');
  const [type = '', subtype = type.trim() === '*' ? '*' : '', ...more] = range
    .split('/')
    .map((text) => text.trim());
  if (subtype === '' || more.length > 0) return [];
  const pairs = parameters.map((text) => text.split('=')).filter((pair) => pair.length === 2);
  const named = new Map(pairs.map(([key = '', value = '']) => [key.trim(), value.trim()]));
  const quality = named.has('q') ? Number.parseFloat(named.get('q') ?? '') || 0 : 1;
  named.delete('q');
  return [{ type, subtype, quality, parameters: named }];
}

function matches({ type, subtype }: Clause, mediaType: MediaType): boolean {
  const [ownType, ownSubtype] = mediaType.split('/');
  return (
    (type === ownType && subtype === ownSubtype) ||
    (type === '*' && subtype === '*') ||
    (type === ownType && subtype === '*')
  );
}

/** The first of what a client accepts that an endpoint has. Throws 406. Behaviour: k8s.io/apiserver handlers/negotiation. */
export function negotiate(
  header: string | undefined,
  allows: AllowedTransforms,
  stream = false,
): Accepted {
  if (header === undefined || header === '')
    return { mediaType: 'application/json', pretty: false, transform: undefined };
  for (const clause of clausesOf(header)) {
    for (const mediaType of mediaTypes) {
      if (!matches(clause, mediaType) || (stream && mediaType !== 'application/json')) continue;
      const accepted = acceptedBy(clause, mediaType, allows);
      if (accepted !== undefined) return accepted;
    }
  }
  if (clausesOf(header).some(({ parameters }) => parameters.size > 0))
    throw notAcceptableError(stream ? ['application/json;stream=watch'] : mediaTypes);
  throw unavailable();
}

function acceptedBy(
  { parameters }: Clause,
  mediaType: MediaType,
  allows: AllowedTransforms,
): Accepted | undefined {
  const streamed = parameters.get('stream') ?? '';
  if (streamed !== '' && (streamed !== 'watch' || mediaType !== 'application/json'))
    return undefined;
  if ((parameters.get('sv') ?? '') !== '') return undefined;
  const [as, group, version] = [parameters.get('as'), parameters.get('g'), parameters.get('v')];
  const transform =
    as === undefined && group === undefined && version === undefined
      ? undefined
      : { as: as ?? '', group: group ?? '', version: version ?? '' };
  if (transform !== undefined && !allows(transform, mediaType)) return undefined;
  return { mediaType, pretty: parameters.get('pretty') === '1', transform };
}

/** The words that the routing layer of kube-apiserver has for it. Behaviour: go-restful. */
function unavailable(): StatusError {
  return new StatusError({
    code: 406,
    reason: 'NotAcceptable',
    message: `406: Not Acceptable\n\nAvailable representations: ${mediaTypes.join(', ')}`,
    details: {},
  });
}

/** What a body may be written in; responses have two of these only. */
export type InputMediaType = MediaType | 'application/vnd.kubernetes.protobuf';
const inputMediaTypes: readonly InputMediaType[] = [
  ...mediaTypes,
  'application/vnd.kubernetes.protobuf',
];

/** What a body is written in. Throws 415. */
export function inputMediaType(header: string | undefined): InputMediaType {
  if (header === undefined || header === '') return 'application/json';
  const type = (header.split(';')[0] ?? '').trim().toLowerCase();
  const found = inputMediaTypes.find((mediaType) => mediaType === type);
  if (found === undefined || !isWellFormed(header))
    throw unsupportedMediaTypeError(inputMediaTypes);
  return found;
}

/** A media type whose parameters are no parameters is no media type at all. */
const isWellFormed = (header: string): boolean =>
  /^[^;]+(\s*;\s*[\w.+-]+=("[^"]*"|[^\s;"]+))*\s*;?\s*$/.test(header);
