export { decoded } from './decoded.ts';
export { openTestStore } from './open-test-store.ts';
export type { TestResource, TestStore } from './open-test-store.ts';
export { aContext } from './request-context.ts';
export { describeResourceContract } from './resource-contract.ts';
export type { ResourceContractOptions } from './resource-contract.ts';
export { ResourceFixture } from './resource-fixture.ts';
export type { Answer, Body } from './resource-fixture.ts';
