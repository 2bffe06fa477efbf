import { describeResourceContract, ResourceFixture } from '@keelson/generic-registry/testing';
import type { Node } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { nodes } from './index.ts';

describeResourceContract(nodes, { valid: () => ({ metadata: { name: 'one' } }) });

type Body = Record<string, unknown>;
const taints = (...list: readonly Body[]) => ({ spec: { taints: list } });
const label =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

const tooLong = 'A'.repeat(254);

describe('What is wrong with a new node', () => {
  type Row = readonly [what: string, body: Body, problems: readonly string[]];
  const rows: readonly Row[] = [
    ['nothing at all', {}, []],
    [
      'a taint without an effect',
      taints({ key: 'a' }),
      ['metadata.taints[0].effect: Required value'],
    ],
    [
      'a taint with another effect',
      taints({ key: 'a', effect: 'Never' }),
      [
        'metadata.taints[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
      ],
    ],
    [
      'a taint whose value is none',
      taints({ key: 'a', value: 'a b', effect: 'NoSchedule' }),
      [
        `metadata.taints[0].value: Invalid value: "a b": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
      ],
    ],
    [
      'a taint whose key is none',
      taints({ key: 'a b', effect: 'NoSchedule' }),
      [
        `metadata.taints[0].key: Invalid value: "a b": name part ${label} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
      ],
    ],
    [
      'a taint that is there twice',
      taints({ key: 'a', effect: 'NoSchedule' }, { key: 'a', effect: 'NoSchedule', value: 'x' }),
      [
        'metadata.taints[1]: Duplicate value: {"Key":"a","Value":"x","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
      ],
    ],
    ['two networks, one of each family', { spec: { podCIDRs: ['10.0.0.0/24', 'fd00::/64'] } }, []],
    [
      'two networks of one family',
      { spec: { podCIDRs: ['10.0.0.0/24', '10.1.0.0/24'] } },
      [
        'spec.podCIDRs: Invalid value: ["10.0.0.0/24","10.1.0.0/24"]: may specify no more than one CIDR for each IP family',
      ],
    ],
    [
      'a network that is none',
      { spec: { podCIDR: 'x' } },
      [
        'spec.podCIDRs[0]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
      ],
    ],
    [
      'a capacity below nothing',
      { status: { capacity: { cpu: '-1' } } },
      [
        'status.capacity.cpu: Invalid value: "-1": must be greater than or equal to 0',
        'status.allocatable.cpu: Invalid value: "-1": must be greater than or equal to 0',
      ],
    ],
    [
      'half a pod',
      { status: { capacity: { pods: '500m' } } },
      [
        'status.capacity.pods: Invalid value: "500m": must be an integer',
        'status.allocatable.pods: Invalid value: "500m": must be an integer',
      ],
    ],
    ['a feature with a long name', { status: { declaredFeatures: ['A'.repeat(253)] } }, []],
    [
      'a feature with too long a name',
      { status: { declaredFeatures: [tooLong] } },
      [
        `status.declaredFeatures[0]: Invalid value: "${tooLong}": invalid feature name "${tooLong}": must be no more than 253 characters`,
      ],
    ],
    [
      'a swap of nothing',
      { status: { nodeInfo: { swap: { capacity: 0 } } } },
      ['metadata.nodeSwapStatus.capacity: Invalid value: 0: must be greater than zero'],
    ],
    ['a swap', { status: { nodeInfo: { swap: { capacity: 1 } } } }, []],
    [
      'taints of one key with two effects',
      taints({ key: 'a', effect: 'NoSchedule' }, { key: 'a', effect: 'NoExecute' }),
      [],
    ],
    [
      'features out of order',
      { status: { declaredFeatures: ['B', 'A', 'A', 'x'] } },
      [
        'status.declaredFeatures[1]: Invalid value: "A": list must be sorted alphabetically',
        'status.declaredFeatures[2]: Duplicate value: "A"',
        `status.declaredFeatures[3]: Invalid value: "x": invalid feature name "x": must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes`,
      ],
    ],
    [
      'taints in an annotation that are none',
      { metadata: { annotations: { 'scheduler.alpha.kubernetes.io/taints': '{' } } },
      [
        'metadata.annotations: Invalid value: "scheduler.alpha.kubernetes.io/taints": unexpected end of JSON input',
      ],
    ],
  ];
  for (const [what, body, problems] of rows) {
    it(`is said of ${what}`, async () => {
      await using fixture = await ResourceFixture.open(nodes);
      expect((await fixture.create(body)).problems).to.deep.equal(problems);
    });
  }
});

describe('What annotations said before there were fields', () => {
  const avoided = (value: unknown) => ({
    metadata: {
      annotations: { 'scheduler.alpha.kubernetes.io/preferAvoidPods': JSON.stringify(value) },
    },
  });
  const controlled = (controller: boolean) =>
    avoided({ preferAvoidPods: [{ podSignature: { podController: { controller } } }] });
  const signature =
    'metadata.annotations.scheduler.alpha.kubernetes.io/preferAvoidPods[0].PodSignature';
  const rows: readonly (readonly [what: string, body: Body, problems: readonly string[]])[] = [
    ['pods of a controller', controlled(true), []],
    [
      'pods of no controller',
      controlled(false),
      [`${signature}.PodController.Controller: Invalid value: false: must point to a controller`],
    ],
    ['pods of nobody', avoided({ preferAvoidPods: [{}] }), [`${signature}: Required value`]],
    ['nothing of pods', avoided({}), []],
    [
      'a list',
      avoided([]),
      [
        'metadata.annotations.AvoidPods: Invalid value: "scheduler.alpha.kubernetes.io/preferAvoidPods": json: cannot unmarshal array into Go value of type v1.AvoidPods',
      ],
    ],
    [
      'taints, one of them without an effect',
      {
        metadata: {
          annotations: { 'scheduler.alpha.kubernetes.io/taints': '[{"key":"a"}]' },
        },
      },
      ['metadata.annotations.scheduler.alpha.kubernetes.io/taints[0].effect: Required value'],
    ],
  ];
  for (const [what, body, problems] of rows) {
    it(`is judged: ${what}`, async () => {
      await using fixture = await ResourceFixture.open(nodes);
      expect((await fixture.create(body)).problems).to.deep.equal(problems);
    });
  }
});

describe('What a new node leaves out', () => {
  it('has its whole capacity for pods', async () => {
    await using fixture = await ResourceFixture.open(nodes);
    const { object } = await fixture.create({
      status: { capacity: { cpu: '1.5', memory: '1Gi' } },
    });
    expect(object?.status.allocatable).to.deep.equal({ cpu: '1500m', memory: '1Gi' });
  });

  it('has one network where it names one', async () => {
    await using fixture = await ResourceFixture.open(nodes);
    const { object } = await fixture.create({ spec: { podCIDR: '10.0.0.0/24' } });
    expect(object?.spec.podCIDRs).to.deep.equal(['10.0.0.0/24']);
  });

  it('has its first network as its one', async () => {
    await using fixture = await ResourceFixture.open(nodes);
    const { object } = await fixture.create({ spec: { podCIDRs: ['10.0.0.0/24', 'fd00::/64'] } });
    expect(object?.spec.podCIDR).to.equal('10.0.0.0/24');
  });

  it('has no configuration of its kubelet any more', async () => {
    await using fixture = await ResourceFixture.open(nodes);
    const { object, warnings } = await fixture.create({
      spec: { configSource: { configMap: { name: 'a', namespace: 'b', kubeletConfigKey: 'c' } } },
    });
    expect(object?.spec).to.not.have.property('configSource');
    expect(warnings).to.deep.equal([]);
  });
});

describe('A change of a node', () => {
  type Row = readonly [
    what: string,
    before: Body,
    change: (node: Node) => void,
    problems: readonly string[],
  ];
  const rows: readonly Row[] = [
    ['may keep pods away', {}, ({ spec }) => void (spec.unschedulable = true), []],
    ['may give its networks once', {}, ({ spec }) => void (spec.podCIDRs = ['10.0.0.0/24']), []],
    [
      'cannot change its networks',
      { spec: { podCIDRs: ['10.0.0.0/24'] } },
      ({ spec }) => {
        spec.podCIDR = '10.1.0.0/24';
        spec.podCIDRs = ['10.1.0.0/24'];
      },
      ['spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid'],
    ],
    [
      'cannot take one of its networks away',
      { spec: { podCIDRs: ['10.0.0.0/24', 'fd00::/64'] } },
      ({ spec }) => void (spec.podCIDRs = ['10.0.0.0/24']),
      ['spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid'],
    ],
    [
      'may say again who provides it',
      { spec: { providerID: 'a' } },
      ({ spec }) => {
        spec.providerID = 'a';
        spec.unschedulable = true;
      },
      [],
    ],
    ['may say who provides it', {}, ({ spec }) => void (spec.providerID = 'a'), []],
    [
      'cannot change what it was called elsewhere',
      { spec: { externalID: 'a' } },
      ({ spec }) => void (spec.externalID = 'b'),
      ['spec.externalID: Forbidden: may not be updated'],
    ],
    [
      'cannot change who provides it',
      { spec: { providerID: 'a' } },
      ({ spec }) => void (spec.providerID = 'b'),
      ['spec.providerID: Invalid value: null: field cannot be modified once set'],
    ],
    [
      'cannot forget who provides it',
      { spec: { providerID: 'a' } },
      ({ spec }) => void delete spec.providerID,
      ['spec.providerID: Invalid value: null: field cannot be cleared once set'],
    ],
    [
      'is told of each fault once, though a node is checked as a new one and as a changed one',
      {},
      ({ spec }) => void (spec.taints = [{ key: 'a', effect: '' }]),
      ['metadata.taints[0].effect: Required value'],
    ],
  ];
  for (const [what, before, change, problems] of rows) {
    it(what, async () => {
      await using fixture = await ResourceFixture.open(nodes);
      await fixture.create(before);
      expect((await fixture.update(change)).problems).to.deep.equal(problems);
    });
  }

  it('leaves the status alone', async () => {
    await using fixture = await ResourceFixture.open(nodes);
    await fixture.create({ status: { phase: 'Running' } });
    const { object } = await fixture.update(({ status }) => void (status.phase = 'Pending'));
    expect(object?.status.phase).to.equal('Running');
  });
});

describe('The status of a node', () => {
  it('changes without its spec', async () => {
    await using fixture = await ResourceFixture.open(nodes);
    await fixture.create();
    const { object } = await fixture.update((node) => {
      node.spec.unschedulable = true;
      node.status.capacity = { cpu: '1' };
    }, 'status');
    expect(object?.spec).to.not.have.property('unschedulable');
    expect(object?.status.allocatable).to.deep.equal({ cpu: '1' });
  });

  it('names each address once', async () => {
    await using fixture = await ResourceFixture.open(nodes);
    await fixture.create();
    const one = { type: 'InternalIP', address: '10.0.0.1' };
    const { problems } = await fixture.update(
      ({ status }) => void (status.addresses = [one, one]),
      'status',
    );
    expect(problems).to.deep.equal([
      'status.addresses[1]: Duplicate value: {"Type":"InternalIP","Address":"10.0.0.1"}',
    ]);
  });
});

describe('The author of a node', () => {
  it('is warned of what is gone', async () => {
    await using fixture = await ResourceFixture.open(nodes);
    const { warnings } = await fixture.create({ spec: { externalID: 'x' } });
    expect(warnings).to.deep.equal([
      'spec.externalID: this field is deprecated, and is unused by Kubernetes',
    ]);
  });

  it('is warned of a network that is written oddly', async () => {
    await using fixture = await ResourceFixture.open(nodes);
    const { warnings } = await fixture.create({ spec: { podCIDRs: ['FD00::/64'] } });
    expect(warnings).to.deep.equal([
      'spec.podCIDRs[0]: IPv6 CIDR value "FD00::/64" should be in RFC 5952 canonical format ("fd00::/64")',
    ]);
  });
});

describe('Nodes', () => {
  const node = (more: { metadata?: object; spec?: object; status?: object }): Node =>
    ({
      metadata: { name: 'one', ...more.metadata },
      spec: { ...more.spec },
      status: { nodeInfo: {}, ...more.status },
    }) as unknown as Node;
  const ready = (...states: readonly string[]) => ({
    status: { nodeInfo: {}, conditions: states.map((status) => ({ type: 'Ready', status })) },
  });

  const rows: readonly (readonly [what: string, node: Node, column: number, shown: string])[] = [
    ['nobody has heard of', node({}), 1, 'Unknown'],
    ['is ready', node(ready('True')), 1, 'Ready'],
    ['is not', node(ready('Unknown')), 1, 'NotReady'],
    [
      'takes no pods',
      node({ spec: { unschedulable: true }, ...ready('True') }),
      1,
      'Ready,SchedulingDisabled',
    ],
    ['has no role', node({}), 2, '<none>'],
    [
      'has roles',
      node({
        metadata: { labels: { 'node-role.kubernetes.io/b': '', 'kubernetes.io/role': 'a' } },
      }),
      2,
      'a,b',
    ],
    ['has no address', node({}), 5, '<none>'],
    [
      'has an address',
      node({ status: { nodeInfo: {}, addresses: [{ type: 'ExternalIP', address: '1.2.3.4' }] } }),
      6,
      '1.2.3.4',
    ],
    ['does not say what it runs', node({}), 7, '<unknown>'],
    [
      'says what it runs on',
      node({ status: { nodeInfo: { kernelVersion: '6.1', architecture: 'arm64' } } }),
      8,
      '6.1 (arm64)',
    ],
  ];
  for (const [what, one, column, shown] of rows) {
    it(`show one that ${what}`, () => {
      expect(nodes.table?.cells(one, 0)[column]).to.equal(shown);
    });
  }

  it('can be selected by whether they take pods', () => {
    const fields = nodes.selectableFields?.of(node({ spec: { unschedulable: true } }));
    expect(fields).to.deep.equal({ 'spec.unschedulable': 'true' });
    expect(nodes.selectableFields?.of(node({}))).to.deep.equal({ 'spec.unschedulable': 'false' });
  });
});
