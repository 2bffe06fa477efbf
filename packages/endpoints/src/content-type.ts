import { unsupportedMediaTypeError } from '@keelson/api-machinery';
import type { MediaType } from './media-types.ts';

/** What a body is written in. Throws 415. Behaviour: k8s.io/apiserver handlers/negotiation NegotiateInputSerializer, Go's mime.ParseMediaType. */
export function inputMediaType(header: string | undefined, types: readonly MediaType[]): MediaType {
  if (header === undefined || header === '') return 'application/json';
  const end = header.indexOf(';');
  const type = (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
  const found = types.find((mediaType) => mediaType === type);
  if (found === undefined || (end >= 0 && !areParameters(header, end)))
    throw unsupportedMediaTypeError(types);
  return found;
}

const token = String.raw`[\w!#$%&'*+.^\x60|~-]+`;
const quoted = String.raw`"(?:[^"\\]|\\.)*"`;

/** A media type whose parameters are none, or are there twice, is no media type at all. Takes time in proportion to the header. */
function areParameters(header: string, start: number): boolean {
  const parameter = new RegExp(
    String.raw`\s*;\s*(?<name>${token})\s*=\s*(?:${quoted}|${token})`,
    'y',
  );
  parameter.lastIndex = start;
  const names = new Set<string>();
  let end = start;
  for (let found = parameter.exec(header); found !== null; found = parameter.exec(header)) {
    const name = found.groups?.['name']?.toLowerCase() ?? '';
    if (names.has(name)) return false;
    names.add(name);
    end = parameter.lastIndex;
  }
  return ['', ';'].includes(header.slice(end).trim());
}
