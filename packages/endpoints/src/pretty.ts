import type { ApiRequest } from './http.ts';

/** People read what curl, wget and browsers get; the query may say otherwise. Behaviour: handlers/negotiation isPrettyPrint. */
export function isPretty({ query, headers }: Pick<ApiRequest, 'query' | 'headers'>): boolean {
  const asked = query.get('pretty');
  if (asked !== null && asked !== '')
    return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(asked);
  return /^(curl|Wget|Mozilla\/5\.0)/.test(headers['user-agent'] ?? '');
}
