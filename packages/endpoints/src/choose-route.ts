import { genericServerError, StatusError } from '@keelson/api-machinery';
import type { ApiRequest } from './http.ts';
import type { Route } from './routes.ts';

type Headers = ApiRequest['headers'];

/**
 * The route of a request, as upstream's router chooses it: by method, then by what it takes, then by what it gives. Throws 404, 405,
 * 406 and 415 in the router's words. Behaviour: emicklei/go-restful CurlyRouter.
 */
export function chooseRoute(
  { method, headers, served }: Pick<ApiRequest, 'method' | 'headers' | 'served'>,
  routes: readonly Route[],
): Route {
  if (routes.length === 0) throw notFound();
  const found = routes.find((route) => route.method === method);
  if (found === undefined) throw methodNotAllowed();
  if (method === 'PATCH' && !namesOneOf(headers['content-type'] ?? '', served.patches))
    throw refused(415, 'Unsupported Media Type');
  checkAcceptable(
    { method, headers },
    found.streams ? [...served.objects, ...served.streams] : served.objects,
  );
  return found;
}

/** Throws 406 when a client accepts nothing of what there is; parameters do not count yet. */
export function checkAcceptable(
  { method, headers }: Pick<ApiRequest, 'method' | 'headers'>,
  produced: readonly string[],
): void {
  const accept = headers.accept ?? '';
  if (accept === '' || namesOneOf(accept, [...produced, '*/*'])) return;
  const available = `\n\nAvailable representations: ${produced.join(', ')}`;
  throw hasBody(method, headers)
    ? refused(406, `Not Acceptable${available}`)
    : refused(415, `Unsupported Media Type${available}`);
}

/** A write without a body is taken to be about the body that it should have had. */
const hasBody = (method: string, headers: Headers): boolean =>
  !['POST', 'PUT', 'PATCH'].includes(method) ||
  !['', '0'].includes(headers['content-length'] ?? '');

function namesOneOf(header: string, types: readonly string[]): boolean {
  return header.split(',').some((part) => types.includes((part.split(';')[0] ?? '').trim()));
}

function refused(code: 406 | 415, text: string): StatusError {
  const reason = code === 406 ? 'NotAcceptable' : 'UnsupportedMediaType';
  return new StatusError({ code, reason, message: `${code}: ${text}`, details: {} });
}

/** Behaviour: what go-restful and metav1.Status say of a method that a path does not have. */
export function methodNotAllowed(): StatusError {
  return genericServerError(405, 'the server does not allow this method on the requested resource');
}

export function notFound(): StatusError {
  return genericServerError(404, 'the server could not find the requested resource');
}
