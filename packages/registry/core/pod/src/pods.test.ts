import { aContext, describeResourceContract } from '@keelson/generic-registry/testing';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { pods } from './index.ts';
import { PodFixture } from './testing/pod-fixture.ts';

const spec = { containers: [{ name: 'c', image: 'i' }] };

describeResourceContract(pods, {
  valid: () => ({ metadata: { name: 'p' }, spec: structuredClone(spec) }),
});

describe('A new pod', () => {
  it('starts pending, whatever status it came with', async () => {
    await using fixture = await PodFixture.open();
    const { pod } = await fixture.create(spec, { generation: 9 });
    expect(pod?.status).to.deep.equal({ phase: 'Pending', qosClass: 'BestEffort' });
    expect(pod?.metadata.generation).to.equal(1);
  });

  it('says that its gates hold it', async () => {
    await using fixture = await PodFixture.open();
    const { pod } = await fixture.create({ ...spec, schedulingGates: [{ name: 'g' }] });
    expect(pod?.status.conditions).to.have.length(1);
    expect(pod?.status.conditions?.[0]).to.include({
      type: 'PodScheduled',
      status: 'False',
      reason: 'SchedulingGated',
    });
  });

  it('turns the label keys of its terms into requirements of its own values', async () => {
    await using fixture = await PodFixture.open();
    const term = {
      topologyKey: 'h',
      labelSelector: { matchLabels: { a: 'b' } },
      matchLabelKeys: ['x'],
      mismatchLabelKeys: ['y', 'none'],
    };
    const affinity = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
    const { pod } = await fixture.create({ ...spec, affinity }, { labels: { x: '1', y: '2' } });
    expect(
      pod?.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.[0]
        ?.labelSelector,
    ).to.deep.equal({
      matchLabels: { a: 'b' },
      matchExpressions: [
        { key: 'x', operator: 'In', values: ['1'] },
        { key: 'y', operator: 'NotIn', values: ['2'] },
      ],
    });
  });
});

describe('The quality of service of a pod', () => {
  const whole = { limits: { cpu: '1', memory: '1Gi' } };
  const rows: readonly (readonly [
    quality: string,
    what: string,
    containers: readonly Record<string, unknown>[],
  ])[] = [
    ['BestEffort', 'asks for nothing', [{}]],
    ['Burstable', 'asks for some', [{ requests: { cpu: '1' } }]],
    ['Guaranteed', 'is limited to what it asks for', [whole]],
    ['Burstable', 'has one container that asks for nothing', [whole, {}]],
    ['BestEffort', 'asks for what does not count', [{ requests: { 'ephemeral-storage': '1Gi' } }]],
    ['Burstable', 'is limited in memory only', [{ limits: { memory: '1Gi' } }]],
  ];
  for (const [quality, what, containers] of rows) {
    it(`is ${quality} where it ${what}`, async () => {
      await using fixture = await PodFixture.open();
      const { pod } = await fixture.create({
        containers: containers.map((resources, index) => ({
          name: `c${index}`,
          image: 'i',
          resources,
        })),
      });
      expect(pod?.status.qosClass).to.equal(quality);
    });
  }

  it('is that of the whole where the whole asks', async () => {
    await using fixture = await PodFixture.open();
    const { pod } = await fixture.create({
      ...spec,
      resources: { limits: { cpu: '1', memory: '1Gi' } },
    });
    expect(pod?.status.qosClass).to.equal('Guaranteed');
  });
});

describe('The deletion of a pod', () => {
  type Row = readonly [
    what: string,
    spec: Record<string, unknown>,
    asked: number | undefined,
    grace: number | undefined,
  ];
  const rows: readonly Row[] = [
    ['is at once where no node runs it', {}, undefined, undefined],
    ['takes the time that the pod asks for', { nodeName: 'n' }, undefined, 30],
    ['takes the time that the client asks for', { nodeName: 'n' }, 5, 5],
    ['is at once where the client says so', { nodeName: 'n' }, 0, undefined],
  ];
  for (const [what, more, asked, grace] of rows) {
    it(what, async () => {
      await using fixture = await PodFixture.open();
      await fixture.create({ ...spec, ...more });
      const options = {
        dryRun: false,
        ...(asked === undefined ? {} : { gracePeriodSeconds: asked }),
      };
      const { deleted, last } = await fixture.opened.store.delete(
        'p',
        options,
        aContext({ namespace: 'default' }),
      );
      expect(deleted).to.equal(grace === undefined);
      if (grace !== undefined)
        expect(last.object.metadata.deletionGracePeriodSeconds).to.equal(grace);
    });
  }

  it('is at once when the pod is done', async () => {
    await using fixture = await PodFixture.open();
    await fixture.create({ ...spec, nodeName: 'n' });
    await fixture.update((pod) => (pod.status.phase = 'Succeeded'), 'status', false);
    const { deleted } = await fixture.opened.store.delete(
      'p',
      { dryRun: false },
      aContext({ namespace: 'default' }),
    );
    expect(deleted).to.equal(true);
  });
});

describe('The author of a pod', () => {
  type Row = readonly [what: string, spec: Record<string, unknown>, warnings: readonly string[]];
  const container = (more: Record<string, unknown>) => ({
    containers: [{ name: 'c', image: 'i', ...more }],
  });
  const rows: readonly Row[] = [
    [
      'a variable that hides another',
      container({
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      }),
      [
        'spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
      ],
    ],
    [
      'a variable that extends another',
      container({
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '$(A)2' },
        ],
      }),
      [],
    ],
    [
      'one port twice',
      container({ ports: [{ containerPort: 80 }, { containerPort: 80 }] }),
      ['spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]'],
    ],
    [
      'a port on an address of the host, but on none of its ports',
      container({ ports: [{ containerPort: 80, hostIP: '10.0.0.1' }] }),
      [
        'spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:10.0.0.1}',
      ],
    ],
    [
      'an old label of nodes',
      { ...spec, nodeSelector: { 'beta.kubernetes.io/os': 'linux' } },
      [
        'spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
      ],
    ],
    [
      'a fraction of a byte',
      container({ resources: { requests: { memory: '100m' } } }),
      [
        'spec.containers[0].resources.requests[memory]: fractional byte value "100m" is invalid, must be an integer',
      ],
    ],
    [
      'files in one place',
      {
        ...spec,
        volumes: [
          {
            name: 'v',
            configMap: {
              name: 'c',
              items: [
                { key: 'a', path: 'x' },
                { key: 'b', path: 'x/y' },
              ],
            },
          },
        ],
      },
      ['volume "v" (ConfigMap "c"): overlapping paths: "x/y" with "x"'],
    ],
    [
      'a constraint that counts no pods',
      {
        ...spec,
        topologySpreadConstraints: [
          { maxSkew: 1, topologyKey: 'z', whenUnsatisfiable: 'DoNotSchedule' },
        ],
      },
      [
        'spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod',
      ],
    ],
    [
      'a secret without a name',
      { ...spec, imagePullSecrets: [{}] },
      ['spec.imagePullSecrets[0].name: invalid empty name ""'],
    ],
  ];
  for (const [what, body, warnings] of rows) {
    it(`is ${warnings.length === 0 ? 'not ' : ''}warned of ${what}`, async () => {
      await using fixture = await PodFixture.open();
      expect((await fixture.create(body)).warnings).to.deep.equal(warnings);
    });
  }

  it('is warned of a name that makes an odd host name', async () => {
    await using fixture = await PodFixture.open();
    const { warnings } = await fixture.create(spec, { name: 'a.b' });
    expect(warnings[0]).to.match(/^metadata\.name: this is used in the Pod's hostname/);
  });

  it('gets a bounded number of warnings, however many there could be', async () => {
    await using fixture = await PodFixture.open();
    const ports = Array.from({ length: 10_000 }, () => ({ containerPort: 80 }));
    const { warnings } = await fixture.create(container({ ports }));
    expect(warnings).to.have.length.within(100, 10_000);
  });
});
