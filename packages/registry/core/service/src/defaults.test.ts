import type { ServiceSpec } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ServiceFixture, type Body } from './testing/service-fixture.ts';

const ports = [{ port: 80 }];
const addressed = { type: 'NodePort', ports };

/** What a client says, and what some of its fields come to. */
const rows: readonly (readonly [what: string, spec: Body, expected: Partial<ServiceSpec>])[] = [
  ['the type of a service', { ports }, { type: 'ClusterIP', sessionAffinity: 'None' }],
  ['protocol and target', { ports }, { ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }] }],
  ['the internal policy', { ports }, { internalTrafficPolicy: 'Cluster' }],
  ['the external policy of node ports', addressed, { externalTrafficPolicy: 'Cluster' }],
  [
    'the external policy of external IPs',
    { ports, externalIPs: ['192.0.2.1'] },
    { externalTrafficPolicy: 'Cluster' },
  ],
  [
    'how long clients stay with a pod',
    { ports, sessionAffinity: 'ClientIP' },
    { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } },
  ],
  [
    'node ports of a load balancer',
    { type: 'LoadBalancer', ports },
    { allocateLoadBalancerNodePorts: true },
  ],
  [
    'families of a service with an address',
    { ports },
    { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' },
  ],
  [
    'families of a service without an address or a selector',
    { ports, clusterIP: 'None' },
    { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack', clusterIPs: ['None'] },
  ],
];

/** What a client says, and fields that stay absent. */
const absent: readonly (readonly [what: string, spec: Body, field: keyof ServiceSpec])[] = [
  ['an external policy of a cluster address', { ports }, 'externalTrafficPolicy'],
  ['a time without affinity', { ports }, 'sessionAffinityConfig'],
  ['node ports of what is no load balancer', addressed, 'allocateLoadBalancerNodePorts'],
  ['a distribution', { ports }, 'trafficDistribution'],
  ...(
    ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'internalTrafficPolicy'] as const
  ).map(
    (field) =>
      [
        `${field} of an external name`,
        { type: 'ExternalName', externalName: 'example.com' },
        field,
      ] as const,
  ),
];

describe('The defaults of services', () => {
  for (const [what, spec, expected] of rows) {
    it(`fill in ${what}`, async () => {
      await using fixture = new ServiceFixture();
      const answer = await fixture.create(spec);
      expect(answer.spec).to.deep.include(expected);
    });
  }

  for (const [what, spec, field] of absent) {
    it(`do not make up ${what}`, async () => {
      await using fixture = new ServiceFixture();
      const answer = await fixture.create(spec);
      expect(answer.problems).to.deep.equal([]);
      expect(answer.spec).not.to.have.property(field);
    });
  }

  it('say how traffic reaches a load balancer by its address', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ type: 'LoadBalancer', ports });
    const { service } = await fixture.update(
      ({ status }) => void (status.loadBalancer.ingress = [{ ip: '192.0.2.1' }]),
      { subresource: 'status' },
    );
    expect(service?.status.loadBalancer.ingress).to.deep.equal([
      { ip: '192.0.2.1', ipMode: 'VIP' },
    ]);
  });
});
