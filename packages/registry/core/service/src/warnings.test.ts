import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ServiceFixture, type Body } from './testing/service-fixture.ts';

/** What is asked for, and what kube-apiserver 1.37 warns of. */
const rows: readonly (readonly [what: string, spec: Body, warnings: readonly string[]])[] = [
  [
    'a headless service with addresses',
    {
      ports: [{ port: 80 }],
      clusterIP: 'None',
      externalIPs: ['192.0.2.1'],
      loadBalancerIP: '192.0.2.1',
      sessionAffinity: 'ClientIP',
    },
    [
      'spec.loadBalancerIP is ignored for headless services',
      'spec.externalIPs is ignored for headless services',
      'spec.SessionAffinity is ignored for headless services',
    ],
  ],
  [
    'external IPs',
    { ports: [{ port: 80 }], externalIPs: ['192.0.2.1'] },
    ['spec.externalIPs is deprecated and may no longer be implemented in some clusters'],
  ],
  [
    'an external name of another type',
    { ports: [{ port: 80 }], externalName: 'example.com' },
    ['spec.externalName is ignored when spec.type is not "ExternalName"'],
  ],
  [
    'external IPs of an external name',
    { type: 'ExternalName', externalName: 'example.com', externalIPs: ['192.0.2.1'] },
    ['spec.externalIPs is ignored when spec.type is "ExternalName"'],
  ],
  [
    'a name for near endpoints that is old',
    { ports: [{ port: 80 }], trafficDistribution: 'PreferClose' },
    ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"'],
  ],
  [
    'an unusual source range',
    { ports: [{ port: 80 }], type: 'LoadBalancer', loadBalancerSourceRanges: ['2001:DB8::/32'] },
    [
      'spec.loadBalancerSourceRanges[0]: IPv6 CIDR value "2001:DB8::/32" should be in RFC 5952 canonical format ("2001:db8::/32")',
    ],
  ],
  [
    'an unusual external address',
    { ports: [{ port: 80 }], externalIPs: ['2001:DB8:0::1'] },
    [
      'spec.externalIPs[0]: IPv6 address "2001:DB8:0::1" should be in RFC 5952 canonical format ("2001:db8::1")',
      'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
    ],
  ],
  [
    'an address that is asked of a load balancer',
    { ports: [{ port: 80 }], type: 'LoadBalancer', loadBalancerIP: '192.0.2.012' },
    ['spec.loadBalancerIP: non-standard IP address "192.0.2.012" is invalid: use "192.0.2.12"'],
  ],
];

describe('The author of a service is warned of', () => {
  for (const [what, spec, warnings] of rows) {
    it(what, async () => {
      await using fixture = new ServiceFixture();
      const answer = await fixture.create(spec, { dryRun: true });
      expect(answer).to.deep.include({ problems: [], warnings });
    });
  }

  it('old annotations', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ ports: [{ port: 80 }] });
    const hints = 'service.kubernetes.io/topology-aware-hints';
    const { warnings } = await fixture.update(
      ({ metadata }) => void (metadata.annotations = { [hints]: 'auto' }),
    );
    expect(warnings).to.deep.equal([
      `annotation ${hints} is deprecated, please use service.kubernetes.io/topology-mode instead`,
    ]);
  });

  it('unusual addresses of a load balancer', async () => {
    await using fixture = new ServiceFixture();
    await fixture.create({ type: 'LoadBalancer', ports: [{ port: 80 }] });
    const { warnings } = await fixture.update(
      ({ status }) => void (status.loadBalancer.ingress = [{ ip: '2001:DB8::1' }]),
      { subresource: 'status' },
    );
    expect(warnings).to.deep.equal([
      'status.loadBalancer.ingress[0]: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
    ]);
  });
});
