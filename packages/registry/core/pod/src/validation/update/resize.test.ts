import type { Pod } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { PodFixture } from '../../testing/pod-fixture.ts';

type Row = readonly [what: string, change: (pod: Pod) => void, problems: readonly string[]];

const resources = (pod: Pod, index = 0) => pod.spec.containers?.[index]?.resources ?? {};
const spec = {
  containers: [
    {
      name: 'c',
      image: 'i',
      resources: { requests: { cpu: '1', memory: '64Mi' }, limits: { cpu: '2', memory: '128Mi' } },
    },
    { name: 'd', image: 'i' },
  ],
  initContainers: [
    { name: 'sidecar', image: 'i', restartPolicy: 'Always', resources: { requests: { cpu: '1' } } },
    { name: 'init', image: 'i', resources: { requests: { cpu: '1' } } },
  ],
};

const rows: readonly Row[] = [
  ['more processors', (pod) => Object.assign(resources(pod).requests ?? {}, { cpu: '1500m' }), []],
  [
    'more memory for a sidecar',
    (pod) =>
      Object.assign(pod.spec.initContainers?.[0]?.resources.requests ?? {}, { memory: '1Gi' }),
    [],
  ],
  [
    'more processors for an init container',
    (pod) => Object.assign(pod.spec.initContainers?.[1]?.resources.requests ?? {}, { cpu: '2' }),
    [],
  ],
  [
    'a request above the limit',
    (pod) => Object.assign(resources(pod).requests ?? {}, { cpu: '3' }),
    [
      'spec.containers[0].resources.requests: Invalid value: "3": must be less than or equal to cpu limit of 2',
    ],
  ],
  [
    'no request of a sidecar',
    (pod) => delete pod.spec.initContainers?.[0]?.resources.requests,
    ['spec.initContainers[0].resources.requests: Forbidden: resource requests cannot be removed'],
  ],
  [
    'storage',
    (pod) => Object.assign(resources(pod).requests ?? {}, { 'ephemeral-storage': '1Gi' }),
    ['spec: Forbidden: only cpu and memory resources are mutable'],
  ],
  [
    'a container more',
    (pod) => pod.spec.containers?.push({ name: 'e', image: 'i', resources: {} }),
    ['spec.containers: Forbidden: containers may not be added or removed on resize'],
  ],
  [
    'containers in another order',
    (pod) => pod.spec.containers?.reverse(),
    [
      'spec.containers[0].name: Forbidden: containers may not be renamed or reordered on resize',
      'spec.containers[1].name: Forbidden: containers may not be renamed or reordered on resize',
    ],
  ],
];

describe('The size of a pod', () => {
  let fixture: PodFixture;
  before(async () => {
    fixture = await PodFixture.open();
    await fixture.create(spec);
  });
  after(async () => {
    await fixture[Symbol.asyncDispose]();
  });

  for (const [what, change, problems] of rows) {
    it(`may ${problems.length === 0 ? '' : 'not '}become ${what}`, async () => {
      expect((await fixture.update(change, 'resize')).problems).to.deep.equal(problems);
    });
  }

  it('comes without other changes of the pod', async () => {
    const { pod } = await fixture.update(
      (changed) => Object.assign(changed.spec.containers?.[0] ?? {}, { image: 'other' }),
      'resize',
    );
    expect(pod?.spec.containers?.[0]?.image).to.equal('i');
  });
});

describe('A pod that may not be resized at all', () => {
  const refused: readonly (readonly [
    what: string,
    spec: Record<string, unknown>,
    problem: string,
  ])[] = [
    ['on Windows', { os: { name: 'windows' } }, '[]: Forbidden: windows pods cannot be resized'],
    [
      'whose quality of service would change',
      { containers: [{ name: 'c', image: 'i' }] },
      'spec: Invalid value: "BestEffort": Pod QOS Class may not change as a result of resizing',
    ],
  ];
  for (const [what, more, problem] of refused) {
    it(`is one ${what}`, async () => {
      await using fixture = await PodFixture.open();
      await fixture.create({
        containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: '1' } } }],
        ...more,
      });
      const { problems } = await fixture.update(
        (pod) => (resources(pod).requests = { cpu: '2' }),
        'resize',
      );
      expect(problems).to.include(problem);
    });
  }

  it('is one on a node that does not know how', async () => {
    await using fixture = await PodFixture.open();
    await fixture.create({
      containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: '1' } } }],
    });
    const running = {
      name: 'c',
      state: { running: {} },
      lastState: {},
      ready: true,
      restartCount: 0,
      image: 'i',
      imageID: 'x',
    };
    await fixture.update((pod) => (pod.status.containerStatuses = [running]), 'status', false);
    const { problems } = await fixture.update(
      (pod) => (resources(pod).requests = { cpu: '2' }),
      'resize',
    );
    expect(problems).to.deep.equal([
      'spec: Forbidden: Pod running on node without support for resize',
    ]);
  });
});
