import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { ServiceFixture, type Body } from '../testing/service-fixture.ts';

/** What is asked for, and what kube-apiserver 1.37 finds wrong with it on a cluster of one range. */
type Row = readonly [what: string, spec: Body, problems: readonly string[]];

const rows: Readonly<Record<string, readonly Row[]>> = {
  ports: [
    ['no ports', {}, ['spec.ports: Required value']],
    [
      'a port of 65536',
      { ports: [{ port: 65536 }] },
      [
        'spec.ports[0].port: Invalid value: 65536: must be between 1 and 65535, inclusive',
        'spec.ports[0].targetPort: Invalid value: 65536: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'a port without a number',
      { ports: [{}] },
      [
        'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
        'spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'a bad name',
      { ports: [{ name: 'Bad_Name', port: 80 }] },
      [
        "spec.ports[0].name: Invalid value: \"Bad_Name\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
      ],
    ],
    [
      'two ports without names',
      { ports: [{ port: 80 }, { port: 81 }] },
      ['spec.ports[0].name: Required value', 'spec.ports[1].name: Required value'],
    ],
    [
      'a name twice',
      {
        ports: [
          { name: 'a', port: 80 },
          { name: 'a', port: 81 },
        ],
      },
      ['spec.ports[1].name: Duplicate value: "a"'],
    ],
    [
      'a port twice',
      {
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 80 },
        ],
      },
      [
        'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
      ],
    ],
    [
      'a port of two protocols',
      {
        ports: [
          { name: 'a', port: 53, protocol: 'UDP' },
          { name: 'b', port: 53 },
        ],
      },
      [],
    ],
    [
      'a bad target',
      { ports: [{ port: 80, targetPort: 'Bad_Target' }] },
      [
        'spec.ports[0].targetPort: Invalid value: "Bad_Target": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
      ],
    ],
    [
      'a target of 70000',
      { ports: [{ port: 80, targetPort: 70000 }] },
      ['spec.ports[0].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive'],
    ],
    [
      'an unknown protocol',
      { ports: [{ port: 80, protocol: 'ICMP' }] },
      ['spec.ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"'],
    ],
    [
      'a bad application protocol',
      { ports: [{ port: 80, appProtocol: 'a b' }] },
      [
        "spec.ports[0].appProtocol: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      ],
    ],
    [
      'a node port of a cluster address',
      { ports: [{ port: 80, nodePort: 30900 }] },
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    [
      'a node port twice',
      {
        type: 'NodePort',
        ports: [
          { name: 'a', port: 80, nodePort: 30900 },
          { name: 'b', port: 81, nodePort: 30900 },
        ],
      },
      ['spec.ports[1].nodePort: Invalid value: 30900: provided port is already allocated'],
    ],
    [
      'a node port out of range',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] },
      [
        'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
      ],
    ],
    [
      'a negative node port',
      { type: 'NodePort', ports: [{ port: 80, nodePort: -1 }] },
      [
        'spec.ports[0].nodePort: Invalid value: -1: provided port is not in the valid range. The range of valid ports is 30000-32767',
      ],
    ],
  ],
  'types and selectors': [
    [
      'an unknown type',
      { ports: [{ port: 80 }], type: 'Magic' },
      [
        'spec.type: Unsupported value: "Magic": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ],
    ],
    [
      'a bad selector',
      { ports: [{ port: 80 }], selector: { 'a b': 'c!' } },
      [
        "spec.selector: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        "spec.selector: Invalid value: \"c!\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      ],
    ],
    [
      'a headless node port',
      { ports: [{ port: 80 }], clusterIP: 'None', type: 'NodePort' },
      [
        'spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services',
      ],
    ],
    [
      'a headless load balancer',
      { ports: [{ port: 80 }], clusterIP: 'None', type: 'LoadBalancer' },
      [
        'spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for LoadBalancer services',
      ],
    ],
    ['no external name', { type: 'ExternalName' }, ['spec.externalName: Required value']],
    [
      'a bad external name',
      { type: 'ExternalName', externalName: 'a b' },
      [
        "spec.externalName: Invalid value: \"a b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      ],
    ],
    [
      'an external name with an address',
      { type: 'ExternalName', externalName: 'example.com', clusterIP: '10.0.200.8' },
      ['spec.clusterIPs: Forbidden: may not be set for ExternalName services'],
    ],
    [
      'an external name that is headless',
      { type: 'ExternalName', externalName: 'example.com', clusterIP: 'None' },
      ['spec.clusterIPs: Forbidden: may not be set for ExternalName services'],
    ],
    [
      'an external name with families',
      {
        type: 'ExternalName',
        externalName: 'example.com',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
      },
      [
        'spec.ipFamilies: Forbidden: may not be set for ExternalName services',
        'spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services',
      ],
    ],
  ],
  'cluster IPs': [
    [
      'one out of range',
      { ports: [{ port: 80 }], clusterIP: '192.0.2.7' },
      [
        'spec.clusterIPs: Invalid value: ["192.0.2.7"]: failed to allocate IP 192.0.2.7: the provided network does not match the current range',
      ],
    ],
    [
      'a text that is none',
      { ports: [{ port: 80 }], clusterIP: 'x' },
      [
        'spec.clusterIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ],
    ],
    [
      'one with leading zeros',
      { ports: [{ port: 80 }], clusterIP: '10.0.200.07' },
      ['spec.clusterIPs[0]: Invalid value: "10.0.200.07": must not have leading 0s'],
    ],
    [
      'one of a family that the cluster lacks',
      { ports: [{ port: 80 }], clusterIP: '2001:db8::1' },
      [
        'spec.clusterIPs[0]: Invalid value: ["2001:db8::1"]: IPv6 is not configured on this cluster',
      ],
    ],
    [
      'the network address',
      { ports: [{ port: 80 }], clusterIP: '10.0.0.0' },
      [
        'spec.clusterIPs: Invalid value: ["10.0.0.0"]: failed to allocate IP 10.0.0.0: the provided network does not match the current range',
      ],
    ],
    [
      'the broadcast address',
      { ports: [{ port: 80 }], clusterIP: '10.0.255.255' },
      [
        'spec.clusterIPs: Invalid value: ["10.0.255.255"]: failed to allocate IP 10.0.255.255: the provided network does not match the current range',
      ],
    ],
    [
      'two fields that differ',
      { ports: [{ port: 80 }], clusterIP: '10.0.200.8', clusterIPs: ['10.0.200.9'] },
      ['spec.clusterIPs: Invalid value: ["10.0.200.9"]: first value must match `clusterIP`'],
    ],
    [
      'a list alone',
      { ports: [{ port: 80 }], clusterIPs: ['10.0.200.8'] },
      [
        'spec.clusterIPs: Invalid value: ["10.0.200.8"]: must be empty when `clusterIP` is not specified',
      ],
    ],
    [
      'three of them',
      {
        ports: [{ port: 80 }],
        clusterIP: '10.0.200.8',
        clusterIPs: ['10.0.200.8', '2001:db8::1', '10.0.200.9'],
      },
      [
        'spec.clusterIPs: Invalid value: ["10.0.200.8","2001:db8::1","10.0.200.9"]: may only hold up to 2 values',
      ],
    ],
    [
      'two of one family',
      { ports: [{ port: 80 }], clusterIP: '10.0.200.8', clusterIPs: ['10.0.200.8', '10.0.200.9'] },
      [
        'spec.clusterIPs: Invalid value: ["10.0.200.8","10.0.200.9"]: may specify no more than one IP for each IP family',
      ],
    ],
    [
      'None that is not alone',
      { ports: [{ port: 80 }], clusterIP: 'None', clusterIPs: ['None', '10.0.200.9'] },
      [
        'spec.clusterIPs: Invalid value: ["None","10.0.200.9"]: \'None\' must be the first and only value',
      ],
    ],
  ],
  families: [
    [
      'a required second stack',
      { ports: [{ port: 80 }], ipFamilyPolicy: 'RequireDualStack' },
      [
        'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
      ],
    ],
    [
      'a family that the cluster lacks',
      { ports: [{ port: 80 }], ipFamilies: ['IPv6'] },
      ['spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster'],
    ],
    [
      'an unknown family',
      { ports: [{ port: 80 }], ipFamilies: ['IPv5'] },
      ['spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6"'],
    ],
    [
      'a family twice',
      { ports: [{ port: 80 }], ipFamilies: ['IPv4', 'IPv4'] },
      ['spec.ipFamilies[1]: Duplicate value: "IPv4"'],
    ],
    [
      'an unknown policy',
      { ports: [{ port: 80 }], ipFamilyPolicy: 'Triple' },
      [
        'spec.ipFamilyPolicy: Unsupported value: "Triple": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"',
      ],
    ],
    [
      'two families of one stack',
      { ports: [{ port: 80 }], ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv4', 'IPv6'] },
      [
        "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
      ],
    ],
  ],
  'load balancers': [
    [
      'bad source ranges',
      {
        ports: [{ port: 80 }],
        type: 'LoadBalancer',
        loadBalancerSourceRanges: ['x', '192.0.2.1/24', '010.0.0.0/8'],
      },
      [
        'spec.LoadBalancerSourceRanges[0]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
        'spec.LoadBalancerSourceRanges[1]: Invalid value: "192.0.2.1/24": must not have bits set beyond the prefix length',
        'spec.LoadBalancerSourceRanges[2]: Invalid value: "010.0.0.0/8": must not have leading 0s in IP or prefix length',
      ],
    ],
    [
      'source ranges of another type',
      { ports: [{ port: 80 }], loadBalancerSourceRanges: ['192.0.2.0/24'] },
      ["spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'"],
    ],
    [
      'a bad class',
      { ports: [{ port: 80 }], type: 'LoadBalancer', loadBalancerClass: 'a b' },
      [
        "spec.loadBalancerClass: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      ],
    ],
    [
      'a class of another type',
      { ports: [{ port: 80 }], loadBalancerClass: 'example.com/lb' },
      ["spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'"],
    ],
    [
      'node ports for another type',
      { ports: [{ port: 80 }], allocateLoadBalancerNodePorts: false },
      [
        "spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'",
      ],
    ],
    [
      'a health check without its policy',
      { ports: [{ port: 80 }], type: 'LoadBalancer', healthCheckNodePort: 31000 },
      [
        "spec.healthCheckNodePort: Invalid value: 31000: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
      ],
    ],
    [
      'a health check out of range',
      {
        ports: [{ port: 80 }],
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        healthCheckNodePort: 80,
      },
      [
        'Internal error occurred: failed to allocate requested HealthCheck NodePort 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
      ],
    ],
  ],
  traffic: [
    [
      'an unknown external policy',
      { ports: [{ port: 80 }], type: 'NodePort', externalTrafficPolicy: 'Far' },
      [
        'spec.externalTrafficPolicy: Unsupported value: "Far": supported values: "Cluster", "Local"',
      ],
    ],
    [
      'an external policy of a cluster address',
      { ports: [{ port: 80 }], externalTrafficPolicy: 'Local' },
      [
        'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
      ],
    ],
    [
      'an unknown internal policy',
      { ports: [{ port: 80 }], internalTrafficPolicy: 'Far' },
      [
        'spec.internalTrafficPolicy: Unsupported value: "Far": supported values: "Cluster", "Local"',
      ],
    ],
    [
      'an unknown distribution',
      { ports: [{ port: 80 }], trafficDistribution: 'PreferFar' },
      [
        'spec.trafficDistribution: Unsupported value: "PreferFar": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"',
      ],
    ],
    [
      'affinity with a timeout of 0',
      {
        ports: [{ port: 80 }],
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } },
      },
      [
        'spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than 86400',
      ],
    ],
    [
      'affinity of more than a day',
      {
        ports: [{ port: 80 }],
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 86401 } },
      },
      [
        'spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400',
      ],
    ],
    [
      'an unknown affinity',
      { ports: [{ port: 80 }], sessionAffinity: 'Cookie' },
      ['spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"'],
    ],
    [
      'external IPs that nobody reaches',
      {
        ports: [{ port: 80 }],
        externalIPs: [
          'x',
          '127.0.0.1',
          '0.0.0.0',
          '224.0.0.1',
          '169.254.1.1',
          'fe80::1',
          '::1',
          'ff02::1',
          '::ffff:1.2.3.4',
        ],
      },
      [
        'spec.externalIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
        'spec.externalIPs[1]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
        'spec.externalIPs[2]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)',
        'spec.externalIPs[3]: Invalid value: "224.0.0.1": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
        'spec.externalIPs[4]: Invalid value: "169.254.1.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
        'spec.externalIPs[5]: Invalid value: "fe80::1": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
        'spec.externalIPs[6]: Invalid value: "::1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
        'spec.externalIPs[7]: Invalid value: "ff02::1": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
        'spec.externalIPs[8]: Invalid value: "::ffff:1.2.3.4": must not be an IPv4-mapped IPv6 address',
      ],
    ],
  ],
};

describe('What is wrong with a new service', () => {
  let fixture: ServiceFixture;
  before(() => {
    fixture = new ServiceFixture();
  });
  after(() => fixture[Symbol.asyncDispose]());

  for (const [concept, table] of Object.entries(rows)) {
    describe(concept, () => {
      for (const [what, spec, problems] of table) {
        it(`is said of ${what}`, async () => {
          const answer = await fixture.create(spec);
          if (answer.problems.length === 0) await fixture.delete();
          expect(answer.problems).to.deep.equal(problems);
        });
      }
    });
  }

  it('leaves nothing taken behind', async () => {
    expect(await fixture.held()).to.deep.equal([]);
  });
});
