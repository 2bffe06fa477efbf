import { ageOf } from '@keelson/api-machinery';
import { ageColumn, nameColumn, type Resource } from '@keelson/generic-registry';
import type { ServiceAccount } from '@keelson/kubernetes-api/core/v1';

/** Of the secrets that an account lists, the name alone is kept. */
function keepNamesOnly(account: ServiceAccount): void {
  if (account.secrets)
    account.secrets = account.secrets.map(({ name }) => (name === undefined ? {} : { name }));
}

const enforced = 'kubernetes.io/enforce-mountable-secrets';

/** An annotation that is on its way out is warned of where it comes in. */
function warn({ metadata }: ServiceAccount, old?: ServiceAccount): string[] {
  const has = ({ annotations = {} }: ServiceAccount['metadata']) =>
    Object.hasOwn(annotations, enforced);
  return has(metadata) && (old === undefined || !has(old.metadata))
    ? [
        `metadata.annotations[${enforced}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`,
      ]
    : [];
}

/** The complete resource; tokens come with their own issue. Behaviour: k8s.io/kubernetes pkg/registry/core/serviceaccount, v1.37. */
export const serviceAccounts: Resource<ServiceAccount> = {
  kind: 'ServiceAccount',
  typeId: 'core/v1.ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  strategy: {
    namespaced: true,
    returnDeletedObject: true,
    prepareForCreate: keepNamesOnly,
    prepareForUpdate: keepNamesOnly,
    warningsOnCreate: (account) => warn(account),
    warningsOnUpdate: warn,
  },
  table: {
    columns: [nameColumn, ageColumn],
    cells: ({ metadata }, now) => [metadata.name ?? '', ageOf(metadata.creationTimestamp, now)],
  },
};
