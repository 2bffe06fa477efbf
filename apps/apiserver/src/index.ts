export { parseFlags } from './flags/parse-flags.ts';
export { UsageError } from './flags/usage-error.ts';
export { optionsOf } from './options.ts';
export type { Options } from './options.ts';
export { completeConfig } from './config.ts';
export type { Config } from './config.ts';
export { run } from './run.ts';
export type { Additions, Running } from './run.ts';
