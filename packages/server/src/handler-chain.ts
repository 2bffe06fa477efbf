import type { RequestListener } from 'node:http';
import Koa from 'koa';
import compose from 'koa-compose';
import { auditId } from './filters/audit-id.ts';
import { authentication } from './filters/authentication.ts';
import { authorization } from './filters/authorization.ts';
import { cacheControl } from './filters/cache-control.ts';
import { panicRecovery } from './filters/panic-recovery.ts';
import { requestDeadline } from './filters/request-deadline.ts';
import { requestInfo } from './filters/request-info.ts';
import { requestLog } from './filters/request-log.ts';
import { respond } from './filters/respond.ts';
import { serveApi } from './filters/serve-api.ts';
import { waitGroup } from './filters/wait-group.ts';
import { EventLoopRest } from './http/event-loop-rest.ts';
import { breakOff } from './http/output.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { RequestState } from './request-state.ts';
import { pingCheck, type HealthCheck } from './routes/health.ts';
import { createRoutes, notFoundRoute } from './routes/routes.ts';
import type { ServerOptions } from './server-options.ts';

/**
 * All that a request goes through, outermost first. Koa's own end of a request is passed by: the chain writes its answers and
 * its faults itself, and what koa would set up to do so costs a tenth of a GET. Behaviour: k8s.io/apiserver server DefaultBuildHandlerChain, v1.37.
 */
export function createHandlerChain(options: ServerOptions, lifecycle: Lifecycle): RequestListener {
  const app = new Koa<RequestState>();
  const rest = new EventLoopRest(() => lifecycle.underWay > 0);
  lifecycle.onIdle = () => rest.resume();
  app.use(respond(options, (bytes) => rest.wrote(bytes)));
  app.use(auditId);
  app.use(panicRecovery(options));
  app.use(requestInfo);
  app.use(requestLog(options));
  app.use(cacheControl);
  app.use(waitGroup(lifecycle));
  app.use(requestDeadline(options));
  app.use(authentication(options));
  app.use(authorization(options));
  app.use(serveApi(options));
  app.use(createRoutes(options, [pingCheck, ...options.healthChecks, shutdownCheck(lifecycle)]));
  app.use(notFoundRoute);
  const chain = compose(app.middleware);
  return (request, response) => {
    const ctx = app.createContext<RequestState>(request, response);
    chain(ctx).catch((error: unknown) => {
      options.logger.error({ err: error, auditId: ctx.state.auditId }, 'the handler chain failed');
      breakOff(response);
    });
  };
}

/** Not ready once it is about to stop. Behaviour: healthz NewShutdownHealthz. */
function shutdownCheck(lifecycle: Lifecycle): HealthCheck {
  return {
    name: 'shutdown',
    of: ['readyz'],
    check: () => {
      if (!lifecycle.isReady) throw new Error('process is shutting down');
    },
  };
}
