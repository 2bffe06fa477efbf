export { openTestStore } from './open-test-store.ts';
export type { TestStore } from './open-test-store.ts';
export { aContext } from './request-context.ts';
export { describeResourceContract } from './resource-contract.ts';
export type { ResourceContractOptions } from './resource-contract.ts';
