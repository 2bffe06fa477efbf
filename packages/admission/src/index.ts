export { createAdmissionChain } from './admission.ts';
export type {
  AdmissionAttributes,
  AdmissionChain,
  AdmissionPlugin,
  ObjectLookup,
} from './admission.ts';
export { defaultPlugins } from './default-plugins.ts';
export { refused } from './forbidden.ts';
