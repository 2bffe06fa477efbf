import { openRegistry } from '@keelson/generic-registry';
import type { ServiceAccount } from '@keelson/kubernetes-api/core/v1';
import { serviceAccounts } from '@keelson/registry-core-serviceaccount';
import { MemoryBackend } from '@keelson/storage-backend/memory';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { objectLookup } from './object-lookup.ts';

async function found(resource: string, name: string): Promise<string | undefined> {
  await using backend = new MemoryBackend();
  const core = { group: '', version: 'v1', resources: [serviceAccounts] };
  await using registry = openRegistry([core], { backend });
  const store = registry.store<ServiceAccount>('', 'serviceaccounts');
  const context = {
    user: { name: 'tester', groups: [] },
    namespace: 'a',
    warn: () => undefined,
    signal: new AbortController().signal,
  };
  const account: ServiceAccount = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'one', namespace: 'a' },
  };
  await store?.create(account, { dryRun: false }, context, '');
  const object = await objectLookup(registry)('', resource, 'a', name);
  return object?.metadata.name;
}

describe('What admission looks for', () => {
  const rows: readonly (readonly [resource: string, name: string, found: string | undefined])[] = [
    ['serviceaccounts', 'one', 'one'],
    ['serviceaccounts', 'two', undefined],
    ['serviceaccounts', '../a/one', undefined],
    ['serviceaccounts', 'a%2fone', undefined],
    ['serviceaccounts', '..', undefined],
    ['serviceaccounts', '', undefined],
    ['unserved', 'one', undefined],
  ];
  for (const [resource, name, expected] of rows) {
    it(`is ${expected === undefined ? 'not ' : ''}found: ${resource} named ${JSON.stringify(name)}`, async () => {
      expect(await found(resource, name)).to.equal(expected);
    });
  }
});
