export { ApiServer } from './api-server.ts';
export type { RunningServer } from './api-server.ts';
export { durationProblem, parseDuration } from './duration.ts';
export { pingCheck } from './routes/health.ts';
export type { HealthCheck, HealthEndpoint } from './routes/health.ts';
export type { ServerOptions, ServingCertificate, TlsOptions } from './server-options.ts';
