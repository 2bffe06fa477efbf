import { describeResourceContract, ResourceFixture } from '@keelson/generic-registry/testing';
import type { Secret } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { secrets } from './index.ts';
import { aKeyPair, type KeyPair } from './testing/key-pairs.ts';

describeResourceContract(secrets, {
  valid: () => ({ metadata: { name: 'one' }, data: { key: 'dmFsdWU=' } }),
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('What is left out of a new secret', () => {
  it('is opaque where it names no type', async () => {
    await using fixture = await ResourceFixture.open(secrets);
    expect((await fixture.create()).object?.type).to.equal('Opaque');
  });

  it('has its plain strings among its data, and prefers them', async () => {
    await using fixture = await ResourceFixture.open(secrets);
    const { object } = await fixture.create({
      data: { a: base64('old'), b: base64('kept') },
      stringData: { a: 'new', c: 'ünïcode' },
    });
    expect(object?.data).to.deep.equal({
      a: base64('new'),
      b: base64('kept'),
      c: base64('ünïcode'),
    });
    expect(object).to.not.have.property('stringData');
  });
});

describe('What is wrong with a new secret', () => {
  type Row = readonly [what: string, body: Record<string, unknown>, problems: readonly string[]];
  const token = 'kubernetes.io/service-account-token';
  const rows: readonly Row[] = [
    ['an opaque one of anything', { data: { a: 'AAEC' } }, []],
    ['null among its data', { data: { a: null } }, []],
    [
      'null for a file of its type',
      { type: 'kubernetes.io/dockercfg', data: { '.dockercfg': null } },
      [
        'data[.dockercfg]: Invalid value: "<secret contents redacted>": unexpected end of JSON input',
      ],
    ],
    ['a type that nobody knows', { type: 'example.com/mine' }, []],
    [
      'a key with a slash',
      { data: { 'a/b': '' } },
      [
        "data[a/b]: Invalid value: \"a/b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
      ],
    ],
    ['a mebibyte', { stringData: { a: 'x'.repeat(1024 * 1024) } }, []],
    [
      'more than a mebibyte',
      { stringData: { a: 'x'.repeat(1024 * 1024), b: 'x' } },
      ['data: Too long: may not be more than 1048576 bytes'],
    ],
    [
      'a token of no account',
      { type: token },
      ['metadata.annotations[kubernetes.io/service-account.name]: Required value'],
    ],
    [
      'a token of an account',
      { type: token, metadata: { annotations: { 'kubernetes.io/service-account.name': 'a' } } },
      [],
    ],
    [
      'a docker configuration that is not there',
      { type: 'kubernetes.io/dockerconfigjson' },
      ['data[.dockerconfigjson]: Required value'],
    ],
    [
      'a docker configuration that is no JSON',
      { type: 'kubernetes.io/dockerconfigjson', stringData: { '.dockerconfigjson': 'x' } },
      [
        'data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character \'x\' looking for beginning of value',
      ],
    ],
    [
      'a docker configuration that is a list',
      { type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': '[]' } },
      [
        'data[.dockercfg]: Invalid value: "<secret contents redacted>": json: cannot unmarshal array into Go value of type map[string]interface {}',
      ],
    ],
    [
      'a docker configuration that is true',
      { type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': 'true' } },
      [
        'data[.dockercfg]: Invalid value: "<secret contents redacted>": json: cannot unmarshal bool into Go value of type map[string]interface {}',
      ],
    ],
    [
      'a docker configuration that is nothing',
      { type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': 'null' } },
      [],
    ],
    [
      'a docker configuration that is an object',
      { type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': '{"a": {}}' } },
      [],
    ],
    [
      'basic authentication with neither',
      { type: 'kubernetes.io/basic-auth' },
      ['data[username]: Required value', 'data[password]: Required value'],
    ],
    [
      'basic authentication with one',
      { type: 'kubernetes.io/basic-auth', data: { username: '' } },
      [],
    ],
    [
      'an SSH key that is empty',
      { type: 'kubernetes.io/ssh-auth', data: { 'ssh-privatekey': '' } },
      ['data[ssh-privatekey]: Required value'],
    ],
    [
      'a TLS pair without its key',
      { type: 'kubernetes.io/tls', data: { 'tls.crt': '' } },
      ['data[tls.key]: Required value'],
    ],
  ];
  for (const [what, body, problems] of rows) {
    it(`is said of ${what}`, async () => {
      await using fixture = await ResourceFixture.open(secrets);
      expect((await fixture.create(body)).problems).to.deep.equal(problems);
    });
  }
});

describe('A change of a secret', () => {
  type Row = readonly [
    what: string,
    before: Record<string, unknown>,
    change: (secret: Secret) => void,
    problems: readonly string[],
  ];
  const rows: readonly Row[] = [
    [
      'may change what it holds',
      { data: { a: 'AA==' } },
      (secret) => void (secret.data = { b: 'AA==' }),
      [],
    ],
    [
      'cannot change its type',
      {},
      (secret) => void (secret.type = 'kubernetes.io/basic-auth'),
      [
        'type: Invalid value: "kubernetes.io/basic-auth": field is immutable',
        'data[username]: Required value',
        'data[password]: Required value',
      ],
    ],
    [
      'cannot touch what is immutable',
      { data: { a: 'AA==' }, immutable: true },
      (secret) => {
        secret.data = {};
        delete secret.immutable;
      },
      [
        'immutable: Forbidden: field is immutable when `immutable` is set',
        'data: Forbidden: field is immutable when `immutable` is set',
      ],
    ],
    [
      'cannot give empty data to what is immutable and has none',
      { immutable: true },
      (secret) => void (secret.data = {}),
      ['data: Forbidden: field is immutable when `immutable` is set'],
    ],
    [
      'may say nothing in text of what is immutable and has no data',
      { immutable: true },
      (secret) => void (secret.stringData = {}),
      [],
    ],
    [
      'may label what is immutable',
      { data: { a: 'AA==' }, immutable: true },
      (secret) => void (secret.metadata.labels = { a: 'b' }),
      [],
    ],
  ];
  for (const [what, before, change, problems] of rows) {
    it(what, async () => {
      await using fixture = await ResourceFixture.open(secrets);
      await fixture.create(before);
      expect((await fixture.update(change)).problems).to.deep.equal(problems);
    });
  }
});

describe('The author of a TLS secret', () => {
  const rows: readonly (readonly [what: string, data: Record<string, string>, warning: string])[] =
    [
      [
        'no PEM',
        { 'tls.crt': '', 'tls.key': '' },
        'tls: failed to find any PEM data in certificate input',
      ],
      [
        'a key in place of the certificate',
        { 'tls.crt': pem('PRIVATE KEY'), 'tls.key': '' },
        'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
      ],
      [
        'something else in place of the certificate',
        { 'tls.crt': pem('CERTIFICATE REQUEST'), 'tls.key': '' },
        'tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [CERTIFICATE REQUEST]',
      ],
      [
        'a certificate in place of the key',
        { 'tls.crt': pem('CERTIFICATE'), 'tls.key': pem('CERTIFICATE') },
        'tls: found a certificate rather than a key in the PEM for the private key',
      ],
      [
        'no key',
        { 'tls.crt': pem('CERTIFICATE'), 'tls.key': '' },
        'tls: failed to find any PEM data in key input',
      ],
    ];
  for (const [what, stringData, warning] of rows) {
    it(`is warned of ${what}`, async () => {
      await using fixture = await ResourceFixture.open(secrets);
      const { warnings } = await fixture.create({ type: 'kubernetes.io/tls', stringData });
      expect(warnings).to.deep.equal([warning]);
    });
  }

  function pem(type: string): string {
    return `-----BEGIN ${type}-----\nAAEC\n-----END ${type}-----\n`;
  }
});

describe('The author of a TLS secret with a certificate and a key', () => {
  type Row = readonly [
    what: string,
    pair: (one: KeyPair, other: KeyPair, otherKind: KeyPair) => KeyPair,
    warnings: readonly string[],
  ];
  const rows: readonly Row[] = [
    ['that belong to each other', (one) => one, []],
    [
      'of somebody else',
      (one, { key }) => ({ ...one, key }),
      ['tls: private key does not match public key'],
    ],
    [
      'of another kind',
      (one, _, { key }) => ({ ...one, key }),
      ['tls: private key type does not match public key type'],
    ],
    [
      'that no parser reads',
      (one) => ({ ...one, key: '-----BEGIN PRIVATE KEY-----\nAAEC\n-----END PRIVATE KEY-----\n' }),
      ['tls: failed to parse private key'],
    ],
    [
      'behind something else',
      ({ certificate, key }) => ({ certificate, key: `${certificate}${key}` }),
      [],
    ],
    [
      'that is written as something else',
      ({ certificate, key }) => ({ certificate, key: key.replaceAll('PRIVATE KEY', 'PUBLIC KEY') }),
      [
        'tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [PUBLIC KEY]',
      ],
    ],
    [
      'that are two certificates',
      ({ certificate }) => ({ certificate, key: certificate + certificate }),
      [
        'tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [CERTIFICATE CERTIFICATE]',
      ],
    ],
  ];
  for (const [what, pair, warnings] of rows) {
    it(`is ${warnings.length === 0 ? 'not warned' : 'warned'} of one ${what}`, async () => {
      await using fixture = await ResourceFixture.open(secrets);
      const { certificate, key } = pair(
        await aKeyPair(),
        await aKeyPair(),
        await aKeyPair('ed25519'),
      );
      const stringData = { 'tls.crt': certificate, 'tls.key': key };
      const answer = await fixture.create({ type: 'kubernetes.io/tls', stringData });
      expect(answer.warnings).to.deep.equal(warnings);
    });
  }

  it('is warned of nothing where the secret is none for TLS', async () => {
    await using fixture = await ResourceFixture.open(secrets);
    expect((await fixture.create({ stringData: { 'tls.crt': 'x' } })).warnings).to.deep.equal([]);
  });
});

describe('Secrets', () => {
  it('can be selected by their type', () => {
    expect(secrets.selectableFields?.names).to.deep.equal(['type']);
    expect(
      secrets.selectableFields?.of({ metadata: { name: 'one' }, type: 'kubernetes.io/tls' }),
    ).to.deep.equal({ type: 'kubernetes.io/tls' });
  });

  it('show their type and how much they hold', () => {
    const cells = secrets.table?.cells(
      {
        metadata: { name: 'one', creationTimestamp: '2026-11-24T10:00:00Z' },
        type: 'Opaque',
        data: { a: '', b: '' },
      },
      Date.UTC(2026, 10, 24, 10, 0, 30),
    );
    expect(cells).to.deep.equal(['one', 'Opaque', 2, '30s']);
  });
});
