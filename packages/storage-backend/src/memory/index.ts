export { MemoryBackend, createMemoryBackend } from './memory-backend.ts';
export type { MemoryOptions } from './memory-backend.ts';
export type { Clock } from '../local/clock.ts';
