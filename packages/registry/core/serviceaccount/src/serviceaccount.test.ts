import { describeResourceContract, ResourceFixture } from '@keelson/generic-registry/testing';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { serviceAccounts } from './index.ts';

describeResourceContract(serviceAccounts, { valid: () => ({ metadata: { name: 'one' } }) });

const enforced = 'kubernetes.io/enforce-mountable-secrets';
const deprecation = `metadata.annotations[${enforced}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`;

describe('A service account', () => {
  it('keeps the names of its secrets, and nothing else of them', async () => {
    await using fixture = await ResourceFixture.open(serviceAccounts);
    const { object } = await fixture.create({
      secrets: [{ name: 'token', namespace: 'other', uid: 'x', kind: 'Secret' }, {}],
      imagePullSecrets: [{ name: 'pull' }],
      automountServiceAccountToken: false,
    });
    expect(object).to.deep.include({
      secrets: [{ name: 'token' }, {}],
      imagePullSecrets: [{ name: 'pull' }],
      automountServiceAccountToken: false,
    });
  });

  it('keeps no more of them when it changes', async () => {
    await using fixture = await ResourceFixture.open(serviceAccounts);
    await fixture.create();
    const { object } = await fixture.update(
      (account) => void (account.secrets = [{ name: 'token', fieldPath: 'x' }]),
    );
    expect(object?.secrets).to.deep.equal([{ name: 'token' }]);
  });

  it('is named as a DNS subdomain', async () => {
    await using fixture = await ResourceFixture.open(serviceAccounts);
    const { problems } = await fixture.create({ metadata: { name: 'Not_A_Name' } });
    expect(problems).to.deep.equal([
      "metadata.name: Invalid value: \"Not_A_Name\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ]);
  });
});

describe('The annotation that confines an account to its secrets', () => {
  const annotated = { metadata: { annotations: { [enforced]: 'true' } } };

  it('is warned of where it comes in', async () => {
    await using fixture = await ResourceFixture.open(serviceAccounts);
    expect((await fixture.create(annotated)).warnings).to.deep.equal([deprecation]);
  });

  it('is warned of where a change brings it', async () => {
    await using fixture = await ResourceFixture.open(serviceAccounts);
    await fixture.create();
    const { warnings } = await fixture.update(
      ({ metadata }) => void (metadata.annotations = { [enforced]: 'false' }),
    );
    expect(warnings).to.deep.equal([deprecation]);
  });

  it('is not warned of again', async () => {
    await using fixture = await ResourceFixture.open(serviceAccounts);
    await fixture.create(annotated);
    const { warnings } = await fixture.update(
      ({ metadata }) => void (metadata.annotations = { [enforced]: 'false' }),
    );
    expect(warnings).to.deep.equal([]);
  });
});

describe('A service account in a table', () => {
  it('has its name and age, and no count of secrets', () => {
    expect(serviceAccounts.table?.columns.map(({ name }) => name)).to.deep.equal(['Name', 'Age']);
  });
});
