import { expect } from 'chai';
import { describe, it } from 'mocha';
import { dualStack, ServiceFixture, singleStack, type Body } from '../testing/service-fixture.ts';

const ports = [{ port: 80 }];
const firstIP = '10.0.1.1';

/** What is asked for on a cluster of two ranges, and the addresses that are given, or what is wrong, as kube-apiserver 1.37 has it. */
const created: readonly (readonly [what: string, spec: Body, given: readonly string[] | string])[] =
  [
    ['one for who says nothing', {}, [firstIP]],
    ['two for who prefers that', { ipFamilyPolicy: 'PreferDualStack' }, [firstIP, 'fd00::101']],
    ['two for who requires that', { ipFamilyPolicy: 'RequireDualStack' }, [firstIP, 'fd00::101']],
    ['one of the other family', { ipFamilies: ['IPv6'] }, ['fd00::101']],
    [
      'the other family first',
      { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv6'] },
      ['fd00::101', firstIP],
    ],
    [
      'a second one beside the one that was chosen',
      { clusterIP: 'fd00::8', ipFamilyPolicy: 'PreferDualStack' },
      ['fd00::8', firstIP],
    ],
    [
      'two that were chosen',
      {
        clusterIP: 'fd00::9',
        clusterIPs: ['fd00::9', '10.0.220.9'],
        ipFamilyPolicy: 'RequireDualStack',
      },
      ['fd00::9', '10.0.220.9'],
    ],
    ['none for the headless', { clusterIP: 'None', selector: { a: 'b' } }, ['None']],
    [
      'nothing for two families of one stack',
      { ipFamilies: ['IPv6', 'IPv4'] },
      "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
    ],
    [
      'nothing for two addresses of one stack',
      { clusterIP: 'fd00::9', clusterIPs: ['fd00::9', '10.0.220.9'] },
      "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified",
    ],
    [
      'nothing for an address of another family than is named',
      { clusterIP: 'fd00::9', ipFamilies: ['IPv4'] },
      'spec.clusterIPs[0]: Invalid value: "fd00::9": expected an IPv4 value as indicated by `ipFamilies[0]`',
    ],
  ];

const dual = { ports, ipFamilyPolicy: 'RequireDualStack' };

/** A service, what is changed (null: taken away), and the addresses that it has then, or what is wrong. */
const changed: readonly (readonly [
  what: string,
  spec: Body,
  change: Body,
  given: readonly string[] | string,
])[] = [
  ['a second one', { ports }, { ipFamilyPolicy: 'RequireDualStack' }, [firstIP, 'fd00::101']],
  [
    'a second one of its choice',
    { ports, clusterIP: '10.0.221.1' },
    { ipFamilyPolicy: 'PreferDualStack', clusterIPs: ['10.0.221.1', 'fd00::71'] },
    ['10.0.221.1', 'fd00::71'],
  ],
  ['one stack', dual, { ipFamilyPolicy: 'SingleStack' }, [firstIP]],
  [
    'one stack, by name',
    dual,
    { ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv4'], clusterIPs: [firstIP] },
    [firstIP],
  ],
  [
    'one family, without saying so',
    dual,
    { ipFamilies: ['IPv4'] },
    'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": must be \'SingleStack\' to release the secondary IP family',
  ],
  [
    'another second one',
    dual,
    { clusterIPs: [firstIP, 'fd00::72'] },
    'spec.clusterIPs[1]: Invalid value: ["10.0.1.1","fd00::72"]: may not change once set',
  ],
  ['an external name', dual, { type: 'ExternalName', externalName: 'example.com' }, []],
  [
    'what it had, when it leaves that out',
    dual,
    { clusterIP: null, clusterIPs: null },
    [firstIP, 'fd00::101'],
  ],
];

const problemOf = (given: readonly string[] | string): readonly string[] =>
  typeof given === 'string' ? [given] : [];
const addressesOf = (given: readonly string[] | string): readonly string[] =>
  typeof given === 'string' ? [] : given;
const held = (given: readonly string[] | string): readonly string[] =>
  addressesOf(given)
    .filter((ip) => ip !== 'None')
    .toSorted();

describe('A new service gets cluster IPs', () => {
  for (const [what, spec, given] of created) {
    it(what, async () => {
      await using fixture = new ServiceFixture(dualStack);
      const answer = await fixture.create({ ports, ...spec });
      expect(answer.problems).to.deep.equal(problemOf(given));
      expect(answer.spec.clusterIPs ?? []).to.deep.equal(addressesOf(given));
      expect(await fixture.held()).to.deep.equal(held(given));
    });
  }
});

describe('A changed service gets cluster IPs', () => {
  for (const [what, spec, change, given] of changed) {
    it(what, async () => {
      await using fixture = new ServiceFixture(dualStack);
      const before = await fixture.create(spec);
      const answer = await fixture.change(change);
      expect(answer.problems).to.deep.equal(problemOf(given));
      const now = answer.service === undefined ? before.spec.clusterIPs : answer.spec.clusterIPs;
      if (typeof given !== 'string') expect(now ?? []).to.deep.equal(given);
      expect(await fixture.held()).to.deep.equal((now ?? []).toSorted());
    });
  }
});

describe('Cluster IPs', () => {
  it('are given out once', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ ports, clusterIP: '10.0.200.8' });
    const { problems } = await fixture.create({ ports, clusterIP: '10.0.200.8' }, { name: 'two' });
    expect(problems).to.deep.equal([
      'spec.clusterIPs: Invalid value: ["10.0.200.8"]: failed to allocate IP 10.0.200.8: provided IP is already allocated',
    ]);
  });

  it('are free again when their service is gone', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ ports, clusterIP: '10.0.200.8' });
    await fixture.delete();
    expect(await fixture.held()).to.deep.equal([]);
    expect((await fixture.create({ ports, clusterIP: '10.0.200.8' })).problems).to.deep.equal([]);
  });

  it('are given out to the last, and then no more', async () => {
    const clusterIPRanges = ['10.9.0.0/29'];
    await using fixture = new ServiceFixture({ ...singleStack, clusterIPRanges });
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await fixture.create({ ports }, { name });
    expect(await fixture.held()).to.deep.equal([1, 2, 3, 4, 5, 6].map((last) => `10.9.0.${last}`));
    const { problems } = await fixture.create({ ports }, { name: 'g' });
    expect(problems).to.deep.equal([
      'Internal error occurred: failed to allocate a serviceIP for Service "g": range is full',
    ]);
  });

  it('are looked at, not taken, in a dry run', async () => {
    await using fixture = new ServiceFixture();
    const { spec } = await fixture.create({ ports }, { dryRun: true });
    expect(spec.clusterIPs).to.deep.equal(['10.0.0.0']);
    expect(await fixture.held()).to.deep.equal([]);
  });

  it('stay with their service in a dry run of its deletion', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ ports });
    await fixture.delete({ dryRun: true });
    expect(await fixture.held()).to.deep.equal([firstIP]);
  });

  it('stay with their service in a dry run that would give them back', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ ports });
    const toName = { type: 'ExternalName', externalName: 'example.com' };
    expect((await fixture.change(toName, { dryRun: true })).problems).to.deep.equal([]);
    expect(await fixture.held()).to.deep.equal([firstIP]);
  });

  it('are not lost to a service that is refused for something else', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ ports: [{ port: 0 }] });
    expect(await fixture.held()).to.deep.equal([]);
  });

  it('say in the backend whose they are', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ ports });
    const entry = await fixture.backend.get(`/registry/ipaddresses/${firstIP}`);
    expect(JSON.parse(Buffer.from(entry?.value ?? []).toString())).to.deep.include({
      kind: 'IPAddress',
      apiVersion: 'networking.k8s.io/v1',
      spec: { parentRef: { resource: 'services', namespace: 'default', name: 'one' } },
    });
  });
});
