import { expect } from 'chai';
import { describe, it } from 'mocha';
import { PodFixture } from '../testing/pod-fixture.ts';
import { podTable } from './pod-table.ts';

type Body = Record<string, unknown>;
type Row = readonly [
  what: string,
  pod: { readonly metadata?: Body; readonly spec?: Body; readonly status?: Body },
  ready: string,
  status: string,
  restarts: string,
];

const now = Date.UTC(2026, 10, 24, 12);
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const container = (state: Body, more: Body = {}) => ({
  name: 'c',
  image: 'i',
  imageID: 'x',
  ready: false,
  restartCount: 0,
  state,
  lastState: {},
  ...more,
});
const running = container({ running: {} }, { ready: true });
const phase = (name: string, ...containerStatuses: Body[]) => ({ phase: name, containerStatuses });
const inits = {
  initContainers: [
    { name: 'i1', image: 'i' },
    { name: 'i2', image: 'i', restartPolicy: 'Always' },
  ],
};
const init = (name: string, state: Body, more: Body = {}) => ({ ...container(state, more), name });
const done = { terminated: { exitCode: 0 } };

const rows: readonly Row[] = [
  ['that nobody looks after', { status: { phase: 'Pending' } }, '0/1', 'Pending', '0'],
  ['that runs', { status: phase('Running', running) }, '1/1', 'Running', '0'],
  [
    'that is gated',
    {
      status: {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
      },
    },
    '0/1',
    'SchedulingGated',
    '0',
  ],
  [
    'with a reason of its own',
    { status: { phase: 'Failed', reason: 'Evicted' } },
    '0/1',
    'Evicted',
    '0',
  ],
  [
    'that waits for its image',
    { status: phase('Pending', container({ waiting: { reason: 'ImagePullBackOff' } })) },
    '0/1',
    'ImagePullBackOff',
    '0',
  ],
  [
    'that fails again and again',
    {
      status: phase(
        'Running',
        container(
          { waiting: { reason: 'CrashLoopBackOff' } },
          { restartCount: 3, lastState: { terminated: { exitCode: 1, finishedAt: ago(5) } } },
        ),
      ),
    },
    '0/1',
    'CrashLoopBackOff',
    '3 (5m ago)',
  ],
  [
    'that completed',
    { status: phase('Succeeded', container({ terminated: { exitCode: 0, reason: 'Completed' } })) },
    '0/1',
    'Completed',
    '0',
  ],
  [
    'that ended with a code',
    { status: phase('Failed', container({ terminated: { exitCode: 3 } })) },
    '0/1',
    'ExitCode:3',
    '0',
  ],
  [
    'that was killed',
    { status: phase('Failed', container({ terminated: { exitCode: 137, signal: 9 } })) },
    '0/1',
    'Signal:9',
    '0',
  ],
  [
    'of which a container completed while another serves',
    {
      spec: {
        containers: [
          { name: 'c', image: 'i' },
          { name: 'd', image: 'i' },
        ],
      },
      status: {
        ...phase('Running', container({ terminated: { exitCode: 0, reason: 'Completed' } }), {
          ...running,
          name: 'd',
        }),
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    },
    '1/2',
    'Running',
    '0',
  ],
  [
    'of which a container completed while another runs',
    {
      spec: {
        containers: [
          { name: 'c', image: 'i' },
          { name: 'd', image: 'i' },
        ],
      },
      status: phase('Running', container({ terminated: { exitCode: 0, reason: 'Completed' } }), {
        ...running,
        name: 'd',
      }),
    },
    '1/2',
    'NotReady',
    '0',
  ],
  [
    'that is being deleted',
    { metadata: { deletionTimestamp: ago(1) }, status: phase('Running', running) },
    '1/1',
    'Terminating',
    '0',
  ],
  [
    'that is being deleted on a lost node',
    { metadata: { deletionTimestamp: ago(1) }, status: { phase: 'Running', reason: 'NodeLost' } },
    '0/1',
    'Unknown',
    '0',
  ],
  [
    'whose first init container runs',
    {
      spec: inits,
      status: { phase: 'Pending', initContainerStatuses: [init('i1', { running: {} })] },
    },
    '0/2',
    'Init:0/2',
    '0',
  ],
  [
    'whose init container failed',
    {
      spec: inits,
      status: {
        phase: 'Pending',
        initContainerStatuses: [init('i1', { terminated: { exitCode: 1, reason: 'Error' } })],
      },
    },
    '0/2',
    'Init:Error',
    '0',
  ],
  [
    'whose init container waits',
    {
      spec: inits,
      status: {
        phase: 'Pending',
        initContainerStatuses: [
          init('i1', { waiting: { reason: 'CrashLoopBackOff' } }, { restartCount: 2 }),
        ],
      },
    },
    '0/2',
    'Init:CrashLoopBackOff',
    '2',
  ],
  [
    'whose sidecar runs beside it',
    {
      spec: inits,
      status: {
        ...phase('Running', running),
        initContainerStatuses: [
          init('i1', done),
          init('i2', { running: {} }, { ready: true, started: true, restartCount: 1 }),
        ],
      },
    },
    '2/2',
    'Running',
    '1',
  ],
];

describe('A pod in a table', () => {
  for (const [what, { metadata, spec, status }, ready, text, restarts] of rows) {
    it(`is ${ready} ${text}: one ${what}`, async () => {
      await using fixture = await PodFixture.open();
      const pod = fixture.opened.decoded({
        metadata: { name: 'p', ...metadata },
        spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
        status,
      });
      expect(podTable.cells(pod, now).slice(0, 4)).to.deep.equal(['p', ready, text, restarts]);
    });
  }

  it('shows its age, its place and its gates', async () => {
    await using fixture = await PodFixture.open();
    const pod = fixture.opened.decoded({
      metadata: { name: 'p', creationTimestamp: ago(90) },
      spec: {
        containers: [{ name: 'c', image: 'i' }],
        nodeName: 'n',
        readinessGates: [{ conditionType: 'a' }, { conditionType: 'b' }],
      },
      status: {
        podIPs: [{ ip: '10.0.0.1' }],
        nominatedNodeName: 'm',
        conditions: [{ type: 'a', status: 'True' }],
      },
    });
    expect(podTable.cells(pod, now).slice(4)).to.deep.equal(['90m', '10.0.0.1', 'n', 'm', '1/2']);
  });

  it('says where there is nothing to show', async () => {
    await using fixture = await PodFixture.open();
    const pod = fixture.opened.decoded({
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'i' }] },
    });
    expect(podTable.cells(pod, now).slice(4)).to.deep.equal([
      '<unknown>',
      '<none>',
      '<none>',
      '<none>',
      '<none>',
    ]);
  });

  for (const [phase, reasons] of [
    ['Running', []],
    ['Succeeded', ['Succeeded']],
    ['Failed', ['Failed']],
  ] as const) {
    it(`says of ${phase} pods whether they have completed`, async () => {
      await using fixture = await PodFixture.open();
      const pod = fixture.opened.decoded({ metadata: { name: 'p' }, spec: {}, status: { phase } });
      const conditions = fixture.opened.store.tableConditions(pod);
      expect(conditions.map(({ reason }) => reason)).to.deep.equal(reasons);
    });
  }
});
