import { badRequestError } from '@keelson/api-machinery';
import type { RequestInfo } from '@keelson/endpoints';

const units: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A Go duration such as `1m30s`, in milliseconds; undefined for what is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))*$/.test(text)) return undefined;
  let total = 0;
  for (const [, number = '', unit = ''] of text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)) total += Number(number) * (units[unit] ?? 0);
  return text.startsWith('-') ? -total : total;
}

/** Requests that last as long as their client wants. */
export function isLongRunning({ verb, subresource }: RequestInfo): boolean {
  return verb === 'watch' || verb === 'proxy' || ['attach', 'exec', 'proxy', 'log', 'portforward'].includes(subresource);
}

/** How long a request may take, in milliseconds: what the client says, but no longer than the server allows. Throws 400. */
export function timeoutOf(query: URLSearchParams, limitSeconds: number): number {
  const text = query.get('timeout');
  if (text === null || text === '') return limitSeconds * 1000;
  const asked = parseDuration(text);
  if (asked === undefined) throw badRequestError(`invalid timeout specified in the request URL - time: invalid duration ${JSON.stringify(text)}`);
  return asked <= 0 ? limitSeconds * 1000 : Math.min(asked, limitSeconds * 1000);
}
