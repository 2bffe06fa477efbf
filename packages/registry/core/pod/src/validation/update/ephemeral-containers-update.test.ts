import type { Pod } from '@keelson/kubernetes-api/core/v1';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { PodFixture } from '../../testing/pod-fixture.ts';

type Row = readonly [what: string, container: Record<string, unknown>, problems: readonly string[]];

const rows: readonly Row[] = [
  ['one more', { name: 'f', image: 'i', targetContainerName: 'c' }, []],
  [
    'one that listens',
    { name: 'f', image: 'i', ports: [{ containerPort: 80 }] },
    ['spec.ephemeralContainers[1].ports: Forbidden: cannot be set for an Ephemeral Container'],
  ],
  [
    'one that asks for resources',
    { name: 'f', image: 'i', resources: { requests: { cpu: '1' } } },
    ['spec.ephemeralContainers[1].resources: Forbidden: cannot be set for an Ephemeral Container'],
  ],
  [
    'one of a used name',
    { name: 'c', image: 'i' },
    ['spec.ephemeralContainers[1].name: Duplicate value: "c"'],
  ],
  [
    'one with an unknown target',
    { name: 'f', image: 'i', targetContainerName: 'none' },
    ['spec.ephemeralContainers[1].targetContainerName: Not found: "none"'],
  ],
];

describe('The ephemeral containers of a pod', () => {
  let fixture: PodFixture;
  const change = (edit: (containers: NonNullable<Pod['spec']['ephemeralContainers']>) => void) =>
    fixture.update((pod) => edit((pod.spec.ephemeralContainers ??= [])), 'ephemeralcontainers');
  before(async () => {
    fixture = await PodFixture.open();
    await fixture.create({ containers: [{ name: 'c', image: 'i' }] });
    await fixture.update(
      (pod) => (pod.spec.ephemeralContainers = [{ name: 'e', image: 'i', resources: {} }]),
      'ephemeralcontainers',
      false,
    );
  });
  after(async () => {
    await fixture[Symbol.asyncDispose]();
  });

  for (const [what, container, problems] of rows) {
    it(`may ${problems.length === 0 ? '' : 'not '}become ${what}`, async () => {
      const answer = await change((containers) => containers.push(container as never));
      expect(answer.problems).to.deep.equal(problems);
    });
  }

  it('never become fewer', async () => {
    const { problems } = await change((containers) => containers.pop());
    expect(problems).to.deep.equal([
      'spec.ephemeralContainers: Forbidden: existing ephemeral containers "e" may not be removed\n',
    ]);
  });

  it('never change', async () => {
    const { problems } = await change((containers) =>
      Object.assign(containers[0] ?? {}, { image: 'j' }),
    );
    expect(problems).to.deep.equal([
      'spec.ephemeralContainers: Forbidden: existing ephemeral containers "e" may not be changed\n' +
        '@@ -1,6 +1,6 @@\n {\n  "Name": "e",\n- "Image": "i",\n+ "Image": "j",\n  "Command": null,\n  "Args": null,\n  "WorkingDir": "",\n',
    ]);
  });

  it('come without other changes of the pod', async () => {
    const { pod } = await fixture.update(
      (changed) => (changed.spec.hostname = 'other'),
      'ephemeralcontainers',
    );
    expect(pod?.spec.hostname).to.equal(undefined);
  });
});
