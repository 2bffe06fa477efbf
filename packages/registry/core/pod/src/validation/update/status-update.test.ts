import type { Pod } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { PodFixture } from '../../testing/pod-fixture.ts';

type Row = readonly [what: string, change: (pod: Pod) => void, problems: readonly string[]];

const ended = {
  terminated: {
    exitCode: 1,
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: '2026-01-01T00:00:00Z',
  },
};
const container = (name: string, state: object) => ({
  name,
  state,
  lastState: {},
  ready: false,
  restartCount: 0,
  image: 'i',
  imageID: 'x',
});
const started = (pod: Pod) =>
  Object.assign(pod.status.containerStatuses?.[0] ?? {}, { state: { running: {} } });

const rows: readonly Row[] = [
  ['an unknown phase', (pod) => (pod.status.phase = 'Dancing'), []],
  [
    'addresses of both families',
    (pod) =>
      Object.assign(pod.status, {
        podIP: '10.0.0.1',
        podIPs: [{ ip: '10.0.0.1' }, { ip: '2001:db8::1' }],
      }),
    [],
  ],
  [
    'two addresses of one family',
    (pod) =>
      Object.assign(pod.status, {
        podIP: '10.0.0.1',
        podIPs: [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }],
      }),
    [
      'status.podIPs: Invalid value: [{"IP":"10.0.0.1"},{"IP":"10.0.0.2"}]: may specify no more than one IP for each IP family',
    ],
  ],
  [
    'an address that is none',
    (pod) => (pod.status.podIPs = [{ ip: 'x' }]),
    [
      'status.podIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
  ],
  [
    'another address of the host than the first of all',
    (pod) => Object.assign(pod.status, { hostIP: '10.0.0.1', hostIPs: [{ ip: '10.0.0.2' }] }),
    ['status.hostIPs[0].ip: Invalid value: "10.0.0.2": must be equal to `hostIP`'],
  ],
  [
    'another quality of service',
    (pod) => (pod.status.qosClass = 'Guaranteed'),
    ['status.qosClass: Invalid value: "Guaranteed": field is immutable'],
  ],
  [
    'a generation below zero',
    (pod) => (pod.status.observedGeneration = -1),
    ['status.observedGeneration: Invalid value: -1: must be a non-negative integer'],
  ],
  [
    'a nominated node',
    (pod) => (pod.status.nominatedNodeName = 'n2'),
    [
      'status.nominatedNodeName: Forbidden: may not be set on pods that are already bound to a node',
    ],
  ],
  [
    'a container that runs again',
    started,
    [
      'status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state',
    ],
  ],
  [
    'resources that a container did not ask for',
    (pod) =>
      Object.assign(pod.status.containerStatuses?.[0] ?? {}, {
        allocatedResourcesStatus: [
          { name: 'gpu', resources: [{ resourceID: 'a', health: 'Fine' }] },
        ],
      }),
    [
      'status.containerStatuses[0].allocatedResourcesStatus[0].name: Invalid value: "gpu": must match one of the container\'s resource requests',
      'status.containerStatuses[0].allocatedResourcesStatus[0].resources[0].health: Unsupported value: "Fine": supported values: "Healthy", "Unhealthy", "Unknown"',
    ],
  ],
  [
    'a claim that the pod has not',
    (pod) => (pod.status.resourceClaimStatuses = [{ name: 'r' }]),
    [
      'status.resourceClaimStatuses[0].name: Invalid value: "r": must match the name of an entry in `spec.resourceClaims`',
    ],
  ],
  [
    'a Linux user out of all bounds',
    (pod) =>
      Object.assign(pod.status.containerStatuses?.[0] ?? {}, {
        user: { linux: { uid: 4294967296, gid: -1 } },
      }),
    [
      'status.containerStatuses[0].user.linux.uid: Invalid value: 4294967296: must be between 0 and 4294967295, inclusive',
      'status.containerStatuses[0].user.linux.gid: Invalid value: -1: must be between 0 and 2147483647, inclusive',
    ],
  ],
];

describe("A pod's status", () => {
  let fixture: PodFixture;
  before(async () => {
    fixture = await PodFixture.open();
    await fixture.create({
      restartPolicy: 'Never',
      nodeName: 'n1',
      containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: '1' } } }],
    });
    await fixture.update(
      (pod) => (pod.status.containerStatuses = [container('c', ended)]),
      'status',
      false,
    );
  });
  after(async () => {
    await fixture[Symbol.asyncDispose]();
  });

  for (const [what, change, problems] of rows) {
    it(`may ${problems.length === 0 ? '' : 'not '}be given ${what}`, async () => {
      expect((await fixture.update(change, 'status')).problems).to.deep.equal(problems);
    });
  }

  it('changes nothing of the spec', async () => {
    const { pod } = await fixture.update((changed) => (changed.spec.hostname = 'other'), 'status');
    expect(pod?.spec.hostname).to.equal(undefined);
  });

  it('keeps what old clients do not know and drop', async () => {
    const { pod } = await fixture.update((changed) => delete changed.status.qosClass, 'status');
    expect(pod?.status.qosClass).to.equal('Burstable');
  });

  it('is warned of addresses in an unusual form', async () => {
    const unusual = { podIP: '2001:DB8::1', podIPs: [{ ip: '2001:DB8::1' }] };
    const { warnings } = await fixture.update(
      (pod) => Object.assign(pod.status, unusual),
      'status',
    );
    expect(warnings).to.deep.equal([
      'status.podIPs[0].ip: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
    ]);
  });
});

describe('A container that ended', () => {
  type Case = readonly [what: string, spec: Record<string, unknown>, allowed: boolean];
  const rule = (action: string, values: number[]) => ({
    restartPolicy: 'Never',
    restartPolicyRules: [{ action, exitCodes: { operator: 'In', values } }],
  });
  const cases: readonly Case[] = [
    ['of a pod that always restarts', { restartPolicy: 'Always' }, true],
    ['badly, of a pod that restarts on failure', { restartPolicy: 'OnFailure' }, true],
    ['of a pod that never restarts', { restartPolicy: 'Never' }, false],
    [
      'with a code that a rule restarts',
      { restartPolicy: 'Never', container: rule('Restart', [1]) },
      true,
    ],
    [
      'with another code than a rule restarts',
      { restartPolicy: 'Always', container: rule('Restart', [2]) },
      false,
    ],
    [
      'in a pod where another one may restart all',
      { restartPolicy: 'Never', container: rule('RestartAllContainers', [9]) },
      true,
    ],
  ];
  for (const [what, { container: more = {}, ...spec }, allowed] of cases) {
    it(`may ${allowed ? '' : 'not '}run again: one ${what}`, async () => {
      await using fixture = await PodFixture.open();
      await fixture.create({
        ...spec,
        containers: [{ name: 'c', image: 'i', ...(more as object) }],
      });
      await fixture.update(
        (pod) => (pod.status.containerStatuses = [container('c', ended)]),
        'status',
        false,
      );
      expect((await fixture.update(started, 'status')).problems.length === 0).to.equal(allowed);
    });
  }
});
