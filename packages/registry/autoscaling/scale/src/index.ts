export { ScaleStorage } from './scale-storage.ts';
export type { Scalable } from './scalable.ts';
