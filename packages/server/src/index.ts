export { ApiServer } from './server.ts';
export type { RunningServer } from './server.ts';
export type { ServerOptions } from './server-options.ts';
export { pingCheck } from './health.ts';
export type { HealthCheck, HealthEndpoint } from './health.ts';
export { parseDuration } from './deadline.ts';
