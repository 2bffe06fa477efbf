export { openEmbeddedBackend } from './embedded-backend.ts';
export type { EmbeddedOptions } from './embedded-backend.ts';
export type { LogFile, OpenLogFile } from './log-file.ts';
