import { expect } from 'chai';
import { describe, it } from 'mocha';
import { PodFixture } from '../testing/pod-fixture.ts';

const tolerations = 'scheduler.alpha.kubernetes.io/tolerations';
const wrong = (problem: string) => [
  `metadata.annotations: Invalid value: "${tolerations}": ${problem}`,
];

const rows: readonly (readonly [key: string, value: string, problems: readonly string[]])[] = [
  [tolerations, '[{"key":"a","operator":"Exists"}]', []],
  [tolerations, 'x', wrong("invalid character 'x' looking for beginning of value")],
  [
    tolerations,
    '5',
    wrong('json: cannot unmarshal number into Go value of type []core.Toleration'),
  ],
  [
    tolerations,
    '[5]',
    wrong('json: cannot unmarshal number into Go value of type core.Toleration'),
  ],
  [
    tolerations,
    '[{"key":{}}]',
    wrong('json: cannot unmarshal object into Go struct field Toleration.Key of type string'),
  ],
  [
    tolerations,
    '[null]',
    [
      `metadata.annotations.${tolerations}[0].operator: Invalid value: "": operator must be Exists when \`key\` is empty, which means "match all values and all keys"`,
    ],
  ],
  [
    'controller.kubernetes.io/pod-deletion-cost',
    '+1',
    [
      'metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "+1": must be a 32bit integer',
    ],
  ],
  ['controller.kubernetes.io/pod-deletion-cost', '-7', []],
  [
    'seccomp.security.alpha.kubernetes.io/pod',
    'x',
    [
      'metadata.annotations.seccomp.security.alpha.kubernetes.io/pod: Invalid value: "x": must be a valid seccomp profile',
    ],
  ],
  [
    'container.apparmor.security.beta.kubernetes.io/none',
    'runtime/default',
    [
      'metadata.annotations[container.apparmor.security.beta.kubernetes.io/none]: Invalid value: "none": container not found',
    ],
  ],
  [
    'kubernetes.io/config.mirror',
    'x',
    [
      'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "x": must set spec.nodeName if mirror pod annotation is set',
    ],
  ],
];

describe("A pod's annotation", () => {
  for (const [key, value, problems] of rows) {
    it(`${key}: ${value} is ${problems.length === 0 ? 'fine' : 'refused'}`, async () => {
      await using fixture = await PodFixture.open();
      const answer = await fixture.create(
        { containers: [{ name: 'c', image: 'i' }] },
        { annotations: { [key]: value } },
        true,
      );
      expect(answer.problems).to.deep.equal(problems);
    });
  }
});
