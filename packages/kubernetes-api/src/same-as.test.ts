import { expect } from 'chai';
import { describe, it } from 'mocha';
import { sameAs } from './same-as.ts';

describe('Two values of a type', () => {
  const rows: readonly (readonly [
    same: boolean,
    what: string,
    type: string,
    a: object,
    b: object,
  ])[] = [
    [true, 'an empty list and none', 'core/v1.PodSpec', { containers: [] }, {}],
    [true, 'an empty map and none', 'core/v1.PodSpec', { nodeSelector: {} }, {}],
    [true, 'a zero and nothing', 'core/v1.PodSpec', { hostNetwork: false, nodeName: '' }, {}],
    [true, 'null and nothing', 'core/v1.PodSpec', { securityContext: null }, {}],
    [false, 'a pointer to a zero and none', 'apps/v1.DeploymentSpec', { replicas: 0 }, {}],
    [false, 'a pointer to an empty struct and none', 'core/v1.PodSpec', { affinity: {} }, {}],
    [true, 'an empty struct and none', 'apps/v1.DeploymentSpec', { strategy: {} }, {}],
    [
      true,
      'as much in other words',
      'core/v1.ResourceRequirements',
      { limits: { cpu: '1' } },
      { limits: { cpu: '1000m' } },
    ],
    [
      false,
      'more',
      'core/v1.ResourceRequirements',
      { limits: { cpu: '1' } },
      { limits: { cpu: '2' } },
    ],
    [
      false,
      'another key',
      'core/v1.PodSpec',
      { nodeSelector: { a: 'b' } },
      { nodeSelector: { c: 'b' } },
    ],
    [
      false,
      'a key of no value and another',
      'core/v1.PodSpec',
      { nodeSelector: { a: '' } },
      { nodeSelector: { c: '' } },
    ],
    [
      true,
      'fields in another order',
      'core/v1.Container',
      { name: 'c', image: 'i' },
      { image: 'i', name: 'c' },
    ],
    [
      false,
      'items in another order',
      'core/v1.PodSpec',
      { containers: [{ name: 'a' }, { name: 'b' }] },
      { containers: [{ name: 'b' }, { name: 'a' }] },
    ],
    [
      false,
      'a number and its text',
      'policy/v1.PodDisruptionBudgetSpec',
      { minAvailable: 1 },
      { minAvailable: '1' },
    ],
  ];
  for (const [same, what, type, a, b] of rows) {
    it(`${what} are ${same ? 'the same' : 'not the same'}`, () => {
      expect(sameAs(type, a, b)).to.equal(same);
      expect(sameAs(type, b, a)).to.equal(same);
    });
  }
});
