import Router from '@koa/router';
import { genericServerError } from '@keelson/api-machinery';
import { checkAcceptable, type ApiResponse } from '@keelson/endpoints';
import { failure, nosniff, notFound } from '../failure.ts';
import type { FilterContext, Filter, RequestState } from '../request-state.ts';
import type { ServerOptions } from '../server-options.ts';
import {
  answerCheck,
  answerHealth,
  checksOf,
  healthEndpoints,
  type HealthAnswer,
  type HealthCheck,
  type HealthEndpoint,
} from './health.ts';

const plain = { 'content-type': 'text/plain; charset=utf-8' };

/** What the server answers besides the API: the index of paths, the version, health. Behaviour: k8s.io/apiserver server/routes, v1.37. */
export function createRoutes(options: ServerOptions, checks: readonly HealthCheck[]): Filter {
  const router = new Router<RequestState>({ strict: true });
  router.all(
    ['/', '/index.html'],
    (ctx) => void (ctx.state.response = document({ paths: pathsOf(options, checks) })),
  );
  const version = document(options.version);
  router.all(
    ['/version', '/version/'],
    (ctx) => void (ctx.state.response = versionOf(ctx, version)),
  );
  router.all(
    '/version/*rest',
    (ctx) =>
      void (ctx.state.response = failure(
        ctx,
        genericServerError(404, 'the server could not find the requested resource'),
      )),
  );
  for (const endpoint of healthEndpoints) addHealth(router, { endpoint, checks, options });
  return router.routes() as Filter;
}

/** The last filter: what no route has answered is not there. */
export const notFoundRoute: Filter = (ctx) => {
  ctx.state.response = notFound();
};

interface Health {
  readonly endpoint: HealthEndpoint;
  readonly checks: readonly HealthCheck[];
  readonly options: ServerOptions;
}

function addHealth(router: Router<RequestState>, { endpoint, checks, options }: Health): void {
  const answer = (
    ctx: FilterContext,
    { status, text, problems }: HealthAnswer,
    more = {},
  ): void => {
    ctx.state.response = { status, headers: { ...plain, ...more }, body: Buffer.from(text) };
    if (status !== 200)
      options.logger.info({ problems, auditId: ctx.state.auditId }, `${endpoint} check failed`);
  };
  router.all(`/${endpoint}`, async (ctx) =>
    answer(ctx, await answerHealth(checks, endpoint, ctx.state.query), nosniff),
  );
  for (const check of checksOf(checks, endpoint)) {
    router.all(`/${endpoint}/${check.name}`, async (ctx) => answer(ctx, await answerCheck(check)));
  }
}

function pathsOf({ paths }: ServerOptions, checks: readonly HealthCheck[]): readonly string[] {
  const health = healthEndpoints.flatMap((endpoint) => [
    `/${endpoint}`,
    ...checksOf(checks, endpoint).map(({ name }) => `/${endpoint}/${name}`),
  ]);
  return [...new Set([...paths(), ...health, '/version'])].sort();
}

function versionOf(ctx: FilterContext, version: ApiResponse): ApiResponse {
  if (ctx.method !== 'GET') return methodNotAllowed(ctx);
  try {
    checkAcceptable({ method: ctx.method, headers: { accept: ctx.get('accept') } }, [
      'application/json',
    ]);
    return version;
  } catch (error) {
    return failure(ctx, error);
  }
}

function methodNotAllowed(ctx: FilterContext): ApiResponse {
  return failure(
    ctx,
    genericServerError(405, 'the server does not allow this method on the requested resource'),
  );
}

/** Indented, as people read it. */
function document(value: object): ApiResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(value, null, 2)),
  };
}
