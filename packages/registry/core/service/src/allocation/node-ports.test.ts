import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ServiceFixture, singleStack, type Body } from '../testing/service-fixture.ts';

/** The first of the upper band: what chance gives in these tests. */
const first = 30_086;
const dns = [
  { name: 'udp', port: 53, protocol: 'UDP' },
  { name: 'tcp', port: 53 },
];

interface Given {
  readonly ports?: readonly (number | undefined)[];
  readonly healthCheck?: number;
}

/** What is asked for, and the node ports of its ports. */
const created: readonly (readonly [what: string, spec: Body, given: Given])[] = [
  ['none of a cluster address', { ports: [{ port: 80 }] }, { ports: [undefined] }],
  [
    'one for each port',
    {
      type: 'NodePort',
      ports: [
        { name: 'a', port: 80 },
        { name: 'b', port: 81 },
      ],
    },
    { ports: [first, first + 1] },
  ],
  ['one for two protocols of a port', { type: 'NodePort', ports: dns }, { ports: [first, first] }],
  [
    'the chosen one for both protocols',
    { type: 'NodePort', ports: [dns[0], { ...dns[1], nodePort: 30_053 }] },
    { ports: [30_053, 30_053] },
  ],
  ['those of a load balancer', { type: 'LoadBalancer', ports: [{ port: 80 }] }, { ports: [first] }],
  [
    'none of a load balancer that wants none',
    { type: 'LoadBalancer', ports: [{ port: 80 }], allocateLoadBalancerNodePorts: false },
    { ports: [undefined] },
  ],
  [
    'the chosen one of a load balancer that wants no others',
    {
      type: 'LoadBalancer',
      ports: [{ port: 80, nodePort: 30_900 }],
      allocateLoadBalancerNodePorts: false,
    },
    { ports: [30_900] },
  ],
  [
    'one more for the health check',
    { type: 'LoadBalancer', ports: [{ port: 80 }], externalTrafficPolicy: 'Local' },
    { ports: [first], healthCheck: first + 1 },
  ],
];

const nodePort = { type: 'NodePort', ports: [{ port: 80 }] };
const local = { type: 'LoadBalancer', ports: [{ port: 80 }], externalTrafficPolicy: 'Local' };

/** A service, what is changed (null: taken away), and its node ports then. */
const changed: readonly (readonly [what: string, spec: Body, change: Body, given: Given])[] = [
  ['none any more', nodePort, { type: 'ClusterIP' }, { ports: [undefined] }],
  ['its first', { ports: [{ port: 80 }] }, { type: 'NodePort' }, { ports: [first] }],
  ['another', nodePort, { ports: [{ port: 80, nodePort: 30_900 }] }, { ports: [30_900] }],
  ['the same, when it leaves it out', nodePort, { ports: [{ port: 80 }] }, { ports: [first] }],
  ['the same, for another number', nodePort, { ports: [{ port: 8080 }] }, { ports: [first] }],
  [
    'another, under another name',
    nodePort,
    { ports: [{ name: 'web', port: 80 }] },
    { ports: [first + 1] },
  ],
  ['the same, as a load balancer', nodePort, { type: 'LoadBalancer' }, { ports: [first] }],
  [
    'the same, though it wants none',
    { type: 'LoadBalancer', ports: [{ port: 80 }] },
    { allocateLoadBalancerNodePorts: false },
    { ports: [first] },
  ],
  ['no health check any more', local, { externalTrafficPolicy: 'Cluster' }, { ports: [first] }],
  [
    'a health check',
    { ...local, externalTrafficPolicy: 'Cluster' },
    { externalTrafficPolicy: 'Local' },
    { ports: [first], healthCheck: first + 1 },
  ],
];

async function expectGiven(fixture: ServiceFixture, spec: Body, given: Given): Promise<void> {
  const { ports, healthCheckNodePort } = spec as {
    ports: { nodePort?: number }[];
    healthCheckNodePort?: number;
  };
  expect({
    ports: ports.map((port) => port.nodePort),
    healthCheck: healthCheckNodePort,
  }).to.deep.equal({
    healthCheck: undefined,
    ...given,
  });
  const numbers = [...(given.ports ?? []), given.healthCheck].filter((port) => port !== undefined);
  const held = await fixture.held();
  expect(held.filter((one) => !one.includes('.'))).to.deep.equal([...new Set(numbers.map(String))]);
}

describe('A new service gets node ports:', () => {
  for (const [what, spec, given] of created) {
    it(what, async () => {
      await using fixture = new ServiceFixture();
      const answer = await fixture.create(spec);
      expect(answer.problems).to.deep.equal([]);
      await expectGiven(fixture, answer.spec, given);
    });
  }
});

describe('A changed service has node ports:', () => {
  for (const [what, spec, change, given] of changed) {
    it(what, async () => {
      await using fixture = new ServiceFixture();
      await fixture.create(spec);
      const answer = await fixture.change(change);
      expect(answer.problems).to.deep.equal([]);
      await expectGiven(fixture, answer.spec, given);
    });
  }
});

describe('Node ports', () => {
  it('are given out once', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ type: 'NodePort', ports: [{ port: 80, nodePort: 30_900 }] });
    const { problems } = await fixture.create(
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30_900 }] },
      { name: 'two' },
    );
    expect(problems).to.deep.equal([
      'spec.ports[0].nodePort: Invalid value: 30900: provided port is already allocated',
    ]);
    expect(await fixture.held()).to.deep.equal(['10.0.1.1', '30900']);
  });

  it('are free again when their service is gone', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create(local);
    await fixture.delete();
    expect(await fixture.held()).to.deep.equal([]);
  });

  it('end with the range', async () => {
    await using fixture = new ServiceFixture({
      ...singleStack,
      nodePorts: { base: 30_000, size: 1 },
    });
    await fixture.create(nodePort);
    const { problems } = await fixture.create(nodePort, { name: 'two' });
    expect(problems).to.deep.equal([
      'Internal error occurred: failed to allocate a nodePort: range is full',
    ]);
  });

  it('are made up in a dry run, and not taken', async () => {
    await using fixture = new ServiceFixture();
    const { spec } = await fixture.create(local, { dryRun: true });
    expect([spec.ports?.[0]?.nodePort, spec.healthCheckNodePort]).to.deep.equal([32_769, 32_770]);
    expect(await fixture.held()).to.deep.equal([]);
  });

  it('stay with their service in a dry run that would give them back', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create(nodePort);
    await fixture.change({ type: 'ClusterIP' }, { dryRun: true });
    expect(await fixture.held()).to.deep.equal(['10.0.1.1', String(first)]);
  });
});
