import type { Service, ServiceSpec } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { serviceTable } from './table.ts';

const now = Date.UTC(2026, 10, 24, 12);
const ports = [{ name: 'web', port: 80, protocol: 'TCP' }];

interface Row {
  readonly name: string;
  readonly spec: ServiceSpec;
  readonly ingress?: Service['status']['loadBalancer']['ingress'];
  /** All cells but the name and the age. */
  readonly cells: readonly string[];
}

const rows: readonly Row[] = [
  {
    name: 'an address',
    spec: { type: 'ClusterIP', clusterIPs: ['10.0.0.9'], ports, selector: { b: '2', a: '1' } },
    cells: ['ClusterIP', '10.0.0.9', '<none>', '80/TCP', 'a=1,b=2'],
  },
  {
    name: 'no address',
    spec: { type: 'ClusterIP', clusterIPs: ['None'] },
    cells: ['ClusterIP', 'None', '<none>', '<none>', '<none>'],
  },
  {
    name: 'node ports and external addresses',
    spec: {
      type: 'NodePort',
      clusterIPs: ['10.0.0.9'],
      externalIPs: ['192.0.2.1', '192.0.2.2'],
      ports: [{ port: 53, nodePort: 30_053, protocol: 'UDP' }, ...ports],
    },
    cells: ['NodePort', '10.0.0.9', '192.0.2.1,192.0.2.2', '53:30053/UDP,80/TCP', '<none>'],
  },
  {
    name: 'an external name',
    spec: { type: 'ExternalName', externalName: 'example.com' },
    cells: ['ExternalName', '<none>', 'example.com', '<none>', '<none>'],
  },
  {
    name: 'a load balancer that waits',
    spec: { type: 'LoadBalancer', clusterIPs: ['10.0.0.9'], ports },
    cells: ['LoadBalancer', '10.0.0.9', '<pending>', '80/TCP', '<none>'],
  },
  {
    name: 'a load balancer with addresses, each once',
    spec: { type: 'LoadBalancer', clusterIPs: ['10.0.0.9'], externalIPs: ['192.0.2.9'], ports },
    ingress: [{ hostname: 'lb.example.com' }, { ip: '192.0.2.1' }, { ip: '192.0.2.1' }],
    cells: ['LoadBalancer', '10.0.0.9', '192.0.2.1,lb.example.com,192.0.2.9', '80/TCP', '<none>'],
  },
  {
    name: 'a type that nobody knows',
    spec: { type: 'Magic', ports },
    cells: ['Magic', '<none>', '<unknown>', '80/TCP', '<none>'],
  },
];

describe('The table of services shows', () => {
  for (const { name, spec, ingress, cells } of rows) {
    it(name, () => {
      const metadata = { name: 'web', creationTimestamp: '2026-11-24T11:55:00Z' };
      const service: Service = {
        metadata,
        spec,
        status: { loadBalancer: ingress === undefined ? {} : { ingress } },
      };
      const [shownName, ...shown] = serviceTable.cells(service, now);
      const [age] = shown.splice(4, 1);
      expect({ shownName, age, shown }).to.deep.equal({
        shownName: 'web',
        age: '5m',
        shown: cells,
      });
    });
  }
});
