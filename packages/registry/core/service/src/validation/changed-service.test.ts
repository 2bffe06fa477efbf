import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { ServiceFixture, type Body } from '../testing/service-fixture.ts';

/** A service, what is changed (null: taken away), and what kube-apiserver 1.37 finds wrong with that. */
type Row = readonly [what: string, spec: Body, change: Body, problems: readonly string[]];

const rows: Readonly<Record<string, readonly Row[]>> = {
  addresses: [
    [
      'another address',
      { ports: [{ port: 80 }], clusterIP: '10.0.211.1' },
      { clusterIP: '10.0.211.2', clusterIPs: ['10.0.211.2'] },
      ['spec.clusterIPs[0]: Invalid value: ["10.0.211.2"]: may not change once set'],
    ],
    [
      'another address, in one field',
      { ports: [{ port: 80 }], clusterIP: '10.0.211.1' },
      { clusterIP: '10.0.211.2' },
      ['spec.clusterIPs[0]: Invalid value: ["10.0.211.2"]: may not change once set'],
    ],
    [
      'no address',
      { ports: [{ port: 80 }], clusterIP: '10.0.211.1' },
      { clusterIP: '', clusterIPs: null },
      [],
    ],
    [
      'an address becoming headless',
      { ports: [{ port: 80 }], clusterIP: '10.0.211.1' },
      { clusterIP: 'None', clusterIPs: ['None'] },
      ['spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set'],
    ],
    [
      'a headless one taking an address',
      { ports: [{ port: 80 }], clusterIP: 'None' },
      { clusterIP: '10.0.211.1', clusterIPs: ['10.0.211.1'] },
      [
        'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
        'spec.ipFamilies[1]: Invalid value: "IPv6": not configured on this cluster',
      ],
    ],
    [
      'another family',
      { ports: [{ port: 80 }], clusterIP: '10.0.211.1' },
      { ipFamilies: ['IPv6'] },
      [
        'spec.clusterIPs[0]: Invalid value: "10.0.211.1": expected an IPv6 value as indicated by `ipFamilies[0]`',
      ],
    ],
    [
      'a second family',
      { ports: [{ port: 80 }], clusterIP: '10.0.211.1' },
      { ipFamilies: ['IPv4', 'IPv6'] },
      [
        "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
      ],
    ],
    [
      'a required second stack',
      { ports: [{ port: 80 }], clusterIP: '10.0.211.1' },
      { ipFamilyPolicy: 'RequireDualStack' },
      [
        'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
      ],
    ],
    [
      'a preferred second stack',
      { ports: [{ port: 80 }], clusterIP: '10.0.211.1' },
      { ipFamilyPolicy: 'PreferDualStack' },
      [],
    ],
  ],
  types: [
    [
      'an external name for an address',
      { ports: [{ port: 80 }], clusterIP: '10.0.211.1' },
      { type: 'ExternalName', externalName: 'example.com' },
      [],
    ],
    [
      'an external name that keeps an address of its choice',
      { ports: [{ port: 80 }], clusterIP: '10.0.211.1' },
      {
        type: 'ExternalName',
        externalName: 'example.com',
        clusterIP: '10.0.211.9',
        clusterIPs: ['10.0.211.9'],
      },
      ['spec.clusterIPs: Forbidden: may not be set for ExternalName services'],
    ],
    [
      'an address for an external name',
      { type: 'ExternalName', externalName: 'example.com' },
      { type: 'ClusterIP', externalName: null, ports: [{ port: 80 }] },
      [],
    ],
    [
      'a node port that becomes another',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30901 }] },
      { ports: [{ port: 80, nodePort: 30902 }] },
      [],
    ],
    [
      'a cluster address with a new node port',
      { ports: [{ port: 80 }], clusterIP: '10.0.211.1' },
      { ports: [{ port: 80, nodePort: 30902 }] },
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    [
      'a cluster address in place of node ports',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30901 }] },
      { type: 'ClusterIP' },
      [],
    ],
    [
      'a cluster address that brings another node port',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30901 }] },
      { type: 'ClusterIP', ports: [{ port: 80, nodePort: 30903 }] },
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    [
      'a cluster address that keeps its external policy',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30901 }], externalTrafficPolicy: 'Local' },
      { type: 'ClusterIP' },
      [],
    ],
    [
      'no ports',
      { ports: [{ port: 80 }], clusterIP: '10.0.211.1' },
      { ports: [] },
      ['spec.ports: Required value'],
    ],
  ],
  'load balancers': [
    [
      'another class',
      { ports: [{ port: 80 }], type: 'LoadBalancer', loadBalancerClass: 'example.com/a' },
      { loadBalancerClass: 'example.com/b' },
      ['spec.loadBalancerClass: Invalid value: "example.com/b": may not change once set'],
    ],
    [
      'a class where there was none',
      { ports: [{ port: 80 }], type: 'LoadBalancer' },
      { loadBalancerClass: 'example.com/b' },
      ['spec.loadBalancerClass: Invalid value: "example.com/b": may not change once set'],
    ],
    [
      'no class',
      { ports: [{ port: 80 }], type: 'LoadBalancer', loadBalancerClass: 'example.com/a' },
      { loadBalancerClass: null },
      ['spec.loadBalancerClass: Invalid value: null: may not change once set'],
    ],
    [
      'a class that goes with the type',
      { ports: [{ port: 80 }], type: 'LoadBalancer', loadBalancerClass: 'example.com/a' },
      { type: 'ClusterIP' },
      [],
    ],
    [
      'another health check',
      {
        ports: [{ port: 80 }],
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        healthCheckNodePort: 31001,
      },
      { healthCheckNodePort: 31002 },
      ['spec.healthCheckNodePort: Forbidden: field is immutable'],
    ],
    [
      'a health check that goes with its policy',
      {
        ports: [{ port: 80 }],
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        healthCheckNodePort: 31001,
      },
      { externalTrafficPolicy: 'Cluster' },
      [],
    ],
    [
      'no node ports any more',
      { ports: [{ port: 80 }], type: 'LoadBalancer' },
      { allocateLoadBalancerNodePorts: false },
      [],
    ],
  ],
};

describe('What is wrong with a changed service', () => {
  let fixture: ServiceFixture;
  before(() => {
    fixture = new ServiceFixture();
  });
  afterEach(() => fixture.delete());
  after(() => fixture[Symbol.asyncDispose]());

  for (const [concept, table] of Object.entries(rows)) {
    describe(concept, () => {
      for (const [what, spec, change, problems] of table) {
        it(`is said of ${what}`, async () => {
          expect((await fixture.create(spec)).problems).to.deep.equal([]);
          expect((await fixture.change(change)).problems).to.deep.equal(problems);
        });
      }
    });
  }
});
