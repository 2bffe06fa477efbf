import { describeResourceContract, ResourceFixture } from '@keelson/generic-registry/testing';
import type { Endpoints } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { endpoints } from './index.ts';

describeResourceContract(endpoints, {
  valid: () => ({
    metadata: { name: 'one' },
    subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }],
  }),
});

const addresses = [{ ip: '10.0.0.1' }];
const subset = (more: Record<string, unknown>) => ({ subsets: [{ addresses, ...more }] });
const address = (more: Record<string, unknown>) => ({
  subsets: [{ addresses: [{ ip: '10.0.0.1', ...more }] }],
});
const reachable = (ip: string, problem: string) =>
  `subsets[0].addresses[0].ip: Invalid value: "${ip}": may not be ${problem}`;

describe('What is wrong with new endpoints', () => {
  type Row = readonly [what: string, body: Record<string, unknown>, problems: readonly string[]];
  const rows: readonly Row[] = [
    ['nothing at all', {}, []],
    ['addresses without ports', subset({}), []],
    [
      'a subset without addresses',
      { subsets: [{ ports: [{ port: 1 }] }] },
      ['subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`'],
    ],
    ['addresses that are not ready', { subsets: [{ notReadyAddresses: addresses }] }, []],
    [
      'no address',
      address({ ip: '' }),
      [
        'subsets[0].addresses[0].ip: Invalid value: "": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
        'subsets[0].addresses[0].ip: Invalid value: "": must be a valid IP address',
      ],
    ],
    [
      'an address that is a name',
      address({ ip: 'web' }),
      [
        'subsets[0].addresses[0].ip: Invalid value: "web": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
        'subsets[0].addresses[0].ip: Invalid value: "web": must be a valid IP address',
      ],
    ],
    [
      'the loopback address',
      address({ ip: '127.0.0.1' }),
      [reachable('127.0.0.1', 'in the loopback range (127.0.0.0/8, ::1/128)')],
    ],
    [
      'the unspecified address',
      address({ ip: '0.0.0.0' }),
      [reachable('0.0.0.0', 'unspecified (0.0.0.0)')],
    ],
    [
      'a link-local address',
      address({ ip: '169.254.1.1' }),
      [reachable('169.254.1.1', 'in the link-local range (169.254.0.0/16, fe80::/10)')],
    ],
    [
      'a host name that is none',
      address({ hostname: 'a.b' }),
      ['subsets[0].addresses[0].hostname: Invalid value: "a.b": must not contain dots'],
    ],
    [
      'a node that is none',
      address({ nodeName: 'A' }),
      [
        "subsets[0].addresses[0].nodeName: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      ],
    ],
    [
      'a port out of range',
      subset({ ports: [{ port: 0 }] }),
      ['subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive'],
    ],
    [
      'ports without names',
      subset({ ports: [{ port: 1 }, { port: 2, name: 'b' }] }),
      ['subsets[0].ports[0].name: Required value'],
    ],
    [
      'a protocol that is none',
      subset({ ports: [{ port: 1, protocol: 'ICMP' }] }),
      [
        'subsets[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
      ],
    ],
    [
      'an application protocol that is none',
      subset({ ports: [{ port: 1, appProtocol: 'a b' }] }),
      [
        "subsets[0].ports[0].appProtocol: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      ],
    ],
  ];
  for (const [what, body, problems] of rows) {
    it(`is said of ${what}`, async () => {
      await using fixture = await ResourceFixture.open(endpoints);
      expect((await fixture.create(body)).problems).to.deep.equal(problems);
    });
  }
});

describe('Endpoints', () => {
  it('speak TCP where their ports do not say', async () => {
    await using fixture = await ResourceFixture.open(endpoints);
    const { object } = await fixture.create(
      subset({
        ports: [
          { port: 53, protocol: 'UDP', name: 'a' },
          { port: 80, name: 'b' },
        ],
      }),
    );
    expect(object?.subsets?.[0]?.ports?.map(({ protocol }) => protocol)).to.deep.equal([
      'UDP',
      'TCP',
    ]);
  });

  it('are checked when they change', async () => {
    await using fixture = await ResourceFixture.open(endpoints);
    await fixture.create(subset({}));
    const { problems } = await fixture.update(
      (object) => void (object.subsets = [{ ports: [{ port: 1 }] }]),
    );
    expect(problems).to.deep.equal([
      'subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`',
    ]);
  });

  it('are created by an update, too', () => {
    expect(endpoints.strategy.allowCreateOnUpdate).to.equal(true);
  });

  it('warn of addresses that are written oddly', async () => {
    await using fixture = await ResourceFixture.open(endpoints);
    const { warnings } = await fixture.create(address({ ip: '2001:DB8::0:1' }));
    expect(warnings).to.include(
      'subsets[0].addresses[0].ip: IPv6 address "2001:DB8::0:1" should be in RFC 5952 canonical format ("2001:db8::1")',
    );
  });

  it('do not warn the controller', async () => {
    await using fixture = await ResourceFixture.open(endpoints);
    const { warnings } = await fixture.create({
      metadata: { labels: { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' } },
      ...address({ ip: '2001:DB8::0:1' }),
    });
    expect(warnings.filter((text) => text.startsWith('subsets'))).to.deep.equal([]);
  });
});

describe('Endpoints in a table', () => {
  const rows: readonly (readonly [what: string, subsets: Endpoints['subsets'], shown: string])[] = [
    ['are none', [], '<none>'],
    ['are an address and a port', [{ addresses, ports: [{ port: 80 }] }], '10.0.0.1:80'],
    ['are addresses alone', [{ addresses }], '10.0.0.1'],
    [
      'have brackets around IPv6',
      [{ addresses: [{ ip: 'fd00::1' }], ports: [{ port: 1 }] }],
      '[fd00::1]:1',
    ],
    [
      'are all three of three',
      [{ addresses: [1, 2, 3].map((n) => ({ ip: `10.0.0.${n}` })) }],
      '10.0.0.1,10.0.0.2,10.0.0.3',
    ],
    [
      'are three at most',
      [{ addresses: [1, 2, 3, 4, 5].map((n) => ({ ip: `10.0.0.${n}` })), ports: [{ port: 1 }] }],
      '10.0.0.1:1,10.0.0.2:1,10.0.0.3:1 + 2 more...',
    ],
  ];
  for (const [what, subsets, shown] of rows) {
    it(what, () => {
      const cells = endpoints.table?.cells({ metadata: { name: 'one' }, subsets }, 0);
      expect(cells).to.deep.equal(['one', shown, '<unknown>']);
    });
  }
});
