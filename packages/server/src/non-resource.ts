import type { ApiResponse } from '@keelson/endpoints';
import { answerHealth, type HealthEndpoint } from './health.ts';
import type { ServerOptions } from './server-options.ts';

const text = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };

/** What the server answers besides the API; undefined for paths of no meaning here. Behaviour: k8s.io/apiserver server/routes. */
export async function nonResource(options: ServerOptions, method: string, path: string, query: URLSearchParams): Promise<ApiResponse | undefined> {
  const [first = '', ...rest] = path.slice(1).split('/');
  if (first === '' && rest.length === 0) return document({ paths: [...options.paths].sort() });
  if (first === 'version' && rest.every((part) => part === '')) return method === 'GET' ? document(options.version) : undefined;
  if (first !== 'healthz' && first !== 'livez' && first !== 'readyz') return undefined;
  return await health(options, first, rest.join('/'), query);
}

async function health({ healthChecks }: ServerOptions, endpoint: HealthEndpoint, name: string, query: URLSearchParams): Promise<ApiResponse | undefined> {
  const answer = await answerHealth(healthChecks, endpoint, name, query);
  return answer === undefined ? undefined : { status: answer.status, headers: text, body: Buffer.from(answer.text) };
}

/** Indented, as people read it. */
function document(value: object): ApiResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(value, null, 2)) };
}
