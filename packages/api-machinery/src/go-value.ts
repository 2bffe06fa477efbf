import { goQuote } from './go-quote.ts';
import { jsonText } from './json-text.ts';

/**
 * Writes a value as Go's field errors write it: strings quoted, numbers and booleans plain, everything else as JSON.
 * Behaviour: k8s.io/apimachinery util/validation/field Error.ErrorBody.
 */
export function goValue(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return goQuote(value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return goJson(value);
}

/** Writes a value as Go's JSON, which has no characters that could be mistaken for a page. */
export function goJson(value: unknown): string {
  return jsonText(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
