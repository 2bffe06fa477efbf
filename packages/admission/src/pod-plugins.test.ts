import type { Node, Pod } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { priority } from './priority.ts';
import { runtimeClass } from './runtime-class.ts';
import { taintNodesByCondition } from './taint-nodes-by-condition.ts';
import { lookupIn, refusalOf, write } from './testing/attributes.ts';

const podOf = (spec: Partial<Pod['spec']>): Pod => ({
  metadata: { name: 'p' },
  spec: { containers: [], ...spec },
  status: {},
});

describe('DefaultTolerationSeconds', () => {
  const keysAfter = async (tolerations: Pod['spec']['tolerations']) => {
    const pod = podOf(tolerations === undefined ? {} : { tolerations });
    await refusalOf(defaultTolerationSeconds, write({ object: pod }));
    return (pod.spec.tolerations ?? []).map(
      ({ key, tolerationSeconds }) => `${key} ${tolerationSeconds}`,
    );
  };
  const [notReady, unreachable] = [
    'node.kubernetes.io/not-ready',
    'node.kubernetes.io/unreachable',
  ];

  it('gives pods five minutes', async () => {
    expect(await keysAfter(undefined)).to.deep.equal([`${notReady} 300`, `${unreachable} 300`]);
  });

  it('leaves what a pod says itself', async () => {
    const own = { key: notReady, operator: 'Exists', tolerationSeconds: 5 };
    expect(await keysAfter([own])).to.deep.equal([`${notReady} 5`, `${unreachable} 300`]);
    expect(await keysAfter([{ operator: 'Exists' }])).to.have.length(1);
  });

  it('does not take another effect for it', async () => {
    expect(
      await keysAfter([{ key: notReady, operator: 'Exists', effect: 'NoSchedule' }]),
    ).to.have.length(3);
  });
});

describe('Priority', () => {
  const plugin = priority(
    lookupIn({ 'priorityclasses//high': { value: 7, preemptionPolicy: 'Never' } }),
  );
  const rows: readonly (readonly [spec: Partial<Pod['spec']>, result: string])[] = [
    [{}, '0 PreemptLowerPriority'],
    [{ priorityClassName: 'high' }, '7 Never'],
    [{ priorityClassName: 'system-node-critical' }, '2000001000 PreemptLowerPriority'],
    [{ priorityClassName: 'high', priority: 7 }, '7 Never'],
    [
      { priorityClassName: 'none' },
      'pods "p" is forbidden: no PriorityClass with name none was found',
    ],
    [
      { priorityClassName: '__proto__' },
      'pods "p" is forbidden: no PriorityClass with name __proto__ was found',
    ],
    [
      { priority: 5 },
      'pods "p" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    ],
    [
      { preemptionPolicy: 'Never' },
      'pods "p" is forbidden: the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name',
    ],
  ];
  for (const [spec, result] of rows) {
    it(`makes of ${JSON.stringify(spec)}: ${result}`, async () => {
      const pod = podOf(spec);
      const error = await refusalOf(plugin, write({ object: pod }));
      expect(error?.message ?? `${pod.spec.priority} ${pod.spec.preemptionPolicy}`).to.equal(
        result,
      );
    });
  }

  it('is kept when an update leaves it out', async () => {
    const pod = podOf({});
    await refusalOf(
      plugin,
      write({
        operation: 'UPDATE',
        object: pod,
        old: podOf({ priority: 7, preemptionPolicy: 'Never' }),
      }),
    );
    expect(pod.spec).to.include({ priority: 7, preemptionPolicy: 'Never' });
  });
});

describe('RuntimeClass', () => {
  const plugin = runtimeClass(lookupIn({ 'runtimeclasses//gvisor': {} }));
  const rows: readonly (readonly [
    spec: Partial<Pod['spec']>,
    code: number | undefined,
    message: string | undefined,
  ])[] = [
    [{}, undefined, undefined],
    [{ runtimeClassName: 'gvisor' }, undefined, undefined],
    [
      { runtimeClassName: 'x' },
      403,
      'pods "p" is forbidden: pod rejected: RuntimeClass "x" not found',
    ],
    [{ runtimeClassName: '' }, 500, 'resource name may not be empty'],
    [{ runtimeClassName: '..' }, 500, `invalid resource name "..": [may not be '..']`],
    [
      { runtimeClassName: 'a/b%' },
      500,
      `invalid resource name "a/b%": [may not contain '/' may not contain '%']`,
    ],
    [
      { overhead: {} },
      403,
      'pods "p" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
    ],
    [
      { overhead: { cpu: '1' } },
      403,
      'pods "p" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
    ],
  ];
  for (const [spec, code, message] of rows) {
    it(`${message === undefined ? 'admits' : 'refuses'} a pod with ${JSON.stringify(spec)}`, async () => {
      const error = await refusalOf(plugin, write({ object: podOf(spec) }));
      expect([error?.code, error?.message]).to.deep.equal([code, message]);
    });
  }

  it('does not look at updates or subresources', async () => {
    const object = podOf({ runtimeClassName: 'x' });
    expect(await refusalOf(plugin, write({ object, operation: 'UPDATE' }))).to.equal(undefined);
    expect(await refusalOf(plugin, write({ object, subresource: 'status' }))).to.equal(undefined);
  });
});

describe('TaintNodesByCondition', () => {
  const taintsAfter = async (
    more: Parameters<typeof write>[0],
    taints: Node['spec']['taints'] = [],
  ) => {
    const object = { metadata: { name: 'n' }, spec: { taints }, status: {} } as Node;
    const resource = { group: '', version: 'v1', resource: 'nodes' };
    await refusalOf(taintNodesByCondition, write({ resource, object, ...more }));
    return (object.spec.taints ?? []).map(({ key, effect }) => `${key}:${effect}`);
  };
  const notReady = 'node.kubernetes.io/not-ready';

  it('keeps pods from new nodes until they are ready', async () => {
    expect(await taintsAfter({})).to.deep.equal([`${notReady}:NoSchedule`]);
    expect(await taintsAfter({}, [{ key: notReady, effect: 'NoSchedule' }])).to.have.length(1);
    expect(await taintsAfter({}, [{ key: notReady, effect: 'NoExecute' }])).to.have.length(2);
  });

  it('leaves nodes that are there, and their status', async () => {
    expect(await taintsAfter({ operation: 'UPDATE' })).to.deep.equal([]);
    expect(await taintsAfter({ subresource: 'status' })).to.deep.equal([]);
  });
});
