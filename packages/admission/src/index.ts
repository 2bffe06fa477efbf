export { createAdmissionChain } from './admission.ts';
export type { AdmissionAttributes, AdmissionChain, AdmissionPlugin, ObjectLookup } from './admission.ts';
