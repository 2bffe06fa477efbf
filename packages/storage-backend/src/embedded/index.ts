export { openEmbeddedBackend } from './embedded-backend.ts';
export type { EmbeddedOptions } from './embedded-backend.ts';
export type { LogFile, OpenLogFile } from './log-file.ts';
export {
  backUpStore,
  compactStore,
  restoreStore,
  verifyBackup,
  verifyStore,
} from './maintenance.ts';
export type { RestoreOptions, StoreReport } from './maintenance.ts';
