import { notAcceptableError } from '@keelson/api-machinery';
import { isStreamed, type MediaType } from './media-types.ts';

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
const longestKept = 512;

function clausesOf(header: string): readonly Clause[] {
  const known = parsed.get(header);
  if (known !== undefined) return known;
  const clauses = header
    .split(',')
    .flatMap(parseClause)
    .sort((a, b) => order(b) - order(a));
  if (header.length > longestKept) return clauses;
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

function matches({ type, subtype }: Clause, mediaType: string): boolean {
  const [ownType, ownSubtype] = mediaType.split('/');
  return (
    (type === ownType && subtype === ownSubtype) ||
    (type === '*' && subtype === '*') ||
    (type === ownType && subtype === '*')
  );
}

/** The first of what a client accepts that an endpoint has. Throws 406. Behaviour: k8s.io/apiserver handlers/negotiation NegotiateOutputMediaType. */
export function negotiate(
  header: string | undefined,
  types: readonly MediaType[],
  allows: AllowedTransforms,
): Accepted {
  const [accepted] = acceptable(header, { types, allows, serverVersion: 'v1' });
  if (accepted === undefined) throw notAcceptableError(types);
  return accepted;
}

/** The first form besides the object itself that a client accepts and an endpoint has. */
export function negotiateTransform(
  header: string | undefined,
  types: readonly MediaType[],
  allows: AllowedTransforms,
): Accepted | undefined {
  return acceptable(header, { types, allows, serverVersion: 'v1' }).find(
    ({ transform }) => transform !== undefined,
  );
}

/** What an error is written in; undefined when the client accepts nothing that an error can be written in. */
export const negotiateError = (
  header: string | undefined,
  types: readonly MediaType[],
): Accepted | undefined =>
  acceptable(header, { types, allows: () => false, serverVersion: undefined })[0];

/** The first of what a client accepts that is among `types`, whatever the parameters say. Behaviour: k8s.io/kube-openapi handlers. */
export const firstAccepted = (
  header: string | undefined,
  types: readonly string[],
): string | undefined =>
  clausesOf(header === undefined || header === '' ? '*/*' : header)
    .flatMap((clause) => types.filter((type) => matches(clause, type)))
    .at(0);

/** What an endpoint has to offer. */
interface Offer {
  readonly types: readonly MediaType[];
  readonly allows: AllowedTransforms;
  /** The version of server-wide kinds, which clients may insist on. */
  readonly serverVersion: string | undefined;
}

/** All that will do, the best first. */
function acceptable(header: string | undefined, offer: Offer): readonly Accepted[] {
  if (header === undefined || header === '') return standard;
  return clausesOf(header).flatMap((clause) =>
    offer.types
      .filter((mediaType) => matches(clause, mediaType))
      .flatMap((mediaType) => acceptedBy(clause, mediaType, offer) ?? []),
  );
}

const standard: readonly Accepted[] = [
  { mediaType: 'application/json', pretty: false, transform: undefined },
];

function acceptedBy(
  { parameters }: Clause,
  mediaType: MediaType,
  { allows, serverVersion }: Offer,
): Accepted | undefined {
  const streamed = parameters.get('stream') ?? '';
  if (streamed !== '' && (streamed !== 'watch' || !isStreamed(mediaType))) return undefined;
  const wantedVersion = parameters.get('sv') ?? '';
  if (wantedVersion !== '' && wantedVersion !== serverVersion) return undefined;
  const [as, group, version] = [parameters.get('as'), parameters.get('g'), parameters.get('v')];
  const transform =
    as === undefined && group === undefined && version === undefined
      ? undefined
      : { as: as ?? '', group: group ?? '', version: version ?? '' };
  if (transform !== undefined && !allows(transform, mediaType)) return undefined;
  return { mediaType, pretty: parameters.get('pretty') === '1', transform };
}
