import type { Pod } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { PodFixture } from '../../testing/pod-fixture.ts';

const spec = {
  containers: [{ name: 'c', image: 'i:1', resources: { requests: { cpu: '1' } } }],
  initContainers: [{ name: 'init', image: 'i:1' }],
  tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 3 }],
  activeDeadlineSeconds: 100,
  nodeSelector: { a: 'b' },
};

type Row = readonly [what: string, change: (pod: Pod) => void, problems: readonly string[]];

const mayChange =
  'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';
const container = (pod: Pod) => pod.spec.containers?.[0] ?? { name: '', resources: {} };

const allowed: readonly Row[] = [
  ['the image', (pod) => (container(pod).image = 'i:2'), []],
  [
    'the image of an init container',
    (pod) => Object.assign(pod.spec.initContainers?.[0] ?? {}, { image: 'i:2' }),
    [],
  ],
  ['a toleration more', (pod) => pod.spec.tolerations?.push({ key: 'b', operator: 'Exists' }), []],
  [
    "a toleration's seconds",
    (pod) => Object.assign(pod.spec.tolerations?.[0] ?? {}, { tolerationSeconds: 9 }),
    [],
  ],
  ['a nearer deadline', (pod) => (pod.spec.activeDeadlineSeconds = 50), []],
  ['labels', (pod) => (pod.metadata.labels = { a: 'b' }), []],
  [
    'the same amount in other words',
    (pod) => (container(pod).resources.requests = { cpu: '1000m' }),
    [],
  ],
];

const refused: readonly Row[] = [
  ['no image', (pod) => (container(pod).image = ''), ['spec.containers[0].image: Required value']],
  [
    'a container more',
    (pod) => pod.spec.containers?.push({ name: 'd', image: 'i', resources: {} }),
    ['spec.containers: Forbidden: pod updates may not add or remove containers'],
  ],
  [
    'no init containers',
    (pod) => delete pod.spec.initContainers,
    ['spec.initContainers: Forbidden: pod updates may not add or remove containers'],
  ],
  [
    'another toleration',
    (pod) => (pod.spec.tolerations = [{ key: 'b', operator: 'Exists' }]),
    [
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ],
  ],
  [
    'a later deadline',
    (pod) => (pod.spec.activeDeadlineSeconds = 200),
    [
      'spec.activeDeadlineSeconds: Invalid value: 200: must be less than or equal to previous value',
    ],
  ],
  [
    'no deadline',
    (pod) => delete pod.spec.activeDeadlineSeconds,
    [
      'spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value',
    ],
  ],
  [
    'a gate',
    (pod) => (pod.spec.schedulingGates = [{ name: 'g' }]),
    [
      "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'g'",
    ],
  ],
  [
    'the node',
    (pod) => (pod.spec.nodeName = 'n1'),
    [
      `spec: ${mayChange}\n@@ -79,7 +79,7 @@\n  "ServiceAccountName": "",\n  "DeprecatedServiceAccount": "",\n  "AutomountServiceAccountToken": null,\n- "NodeName": "",\n+ "NodeName": "n1",\n  "HostNetwork": false,\n  "HostPID": false,\n  "HostIPC": false,\n`,
    ],
  ],
  [
    'the mirror annotation',
    (pod) => (pod.metadata.annotations = { 'kubernetes.io/config.mirror': 'x' }),
    [
      'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "x": must set spec.nodeName if mirror pod annotation is set',
      'metadata.annotations[kubernetes.io/config.mirror]: Forbidden: may not add mirror pod annotation',
    ],
  ],
];

const narrowed: readonly Row[] = [
  ['opens a gate', (pod) => (pod.spec.schedulingGates = [{ name: 'a' }]), []],
  ['adds to the node selector', (pod) => (pod.spec.nodeSelector = { a: 'b', c: 'd' }), []],
  [
    'changes the node selector',
    (pod) => (pod.spec.nodeSelector = { a: 'c' }),
    [
      'spec.nodeSelector: Invalid value: {"a":"c"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)',
    ],
  ],
  [
    'adds to a term',
    (pod) => terms(pod)[0]?.matchExpressions?.push({ key: 'z', operator: 'Exists' }),
    [],
  ],
  [
    'adds a term',
    (pod) => terms(pod).push({ matchExpressions: [{ key: 'z', operator: 'Exists' }] }),
    [
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Invalid value: [{"MatchExpressions":[{"Key":"k","Operator":"In","Values":["v"]}],"MatchFields":null},{"MatchExpressions":[{"Key":"z","Operator":"Exists","Values":null}],"MatchFields":null}]: no additions/deletions to non-empty NodeSelectorTerms list are allowed',
    ],
  ],
  [
    'changes a term',
    (pod) => (terms(pod)[0] = { matchExpressions: [{ key: 'z', operator: 'Exists' }] }),
    [
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]: Invalid value: {"MatchExpressions":[{"Key":"z","Operator":"Exists","Values":null}],"MatchFields":null}: only additions are allowed (no mutations or deletions)',
    ],
  ],
];

const terms = (pod: Pod) =>
  pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    ?.nodeSelectorTerms ?? [];
const gated = {
  containers: [{ name: 'c', image: 'i' }],
  schedulingGates: [{ name: 'a' }, { name: 'b' }],
  nodeSelector: { a: 'b' },
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'k', operator: 'In', values: ['v'] }] }],
      },
    },
  },
};

function describeChanges(
  title: string,
  original: Record<string, unknown>,
  rows: readonly Row[],
  sentence: (what: string) => string,
): void {
  describe(title, () => {
    let fixture: PodFixture;
    before(async () => {
      fixture = await PodFixture.open();
      await fixture.create(original);
    });
    after(async () => {
      await fixture[Symbol.asyncDispose]();
    });
    for (const [what, change, problems] of rows) {
      it(sentence(what), async () => {
        expect((await fixture.update(change)).problems).to.deep.equal(problems);
      });
    }
  });
}

describeChanges('A pod', spec, allowed, (what) => `may be given ${what}`);
describeChanges('A pod', spec, refused, (what) => `may not be given ${what}`);
describeChanges(
  'A change of a gated pod',
  gated,
  narrowed,
  (what) => `is judged by whether it narrows: one that ${what}`,
);

describe('The generation of a pod', () => {
  it('grows with each change of what is asked, and with no other', async () => {
    await using fixture = await PodFixture.open();
    await fixture.create(spec);
    const relabelled = await fixture.update(
      (pod) => (pod.metadata.labels = { a: 'b' }),
      undefined,
      false,
    );
    expect(relabelled.pod?.metadata.generation).to.equal(1);
    const rewritten = await fixture.update(
      (pod) => (container(pod).resources.requests = { cpu: '1000m' }),
      undefined,
      false,
    );
    expect(rewritten.pod?.metadata.generation).to.equal(1);
    const changed = await fixture.update((pod) => (container(pod).image = 'i:2'), undefined, false);
    expect(changed.pod?.metadata.generation).to.equal(2);
  });
});
