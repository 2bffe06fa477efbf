import { goQuote } from './go-quote.ts';

/**
 * Writes a value as Go's field errors write it: strings quoted, numbers and booleans plain, everything else as JSON.
 * Behaviour: k8s.io/apimachinery util/validation/field Error.ErrorBody.
 */
export function goValue(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return goQuote(value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return JSON.stringify(value);
}
