import type { JsonValue } from '@keelson/api-machinery';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { unstructuredProblem } from './unstructured-problem.ts';

describe('What a strategic merge patch makes of a deployment', () => {
  const container = (more: object) => ({
    spec: { template: { spec: { containers: [{ name: 'c', ...more }] } } },
  });
  const strategy = (maxSurge: unknown) => ({ spec: { strategy: { rollingUpdate: { maxSurge } } } });
  const rows: readonly (readonly [value: object, problem: string | undefined])[] = [
    [{ spec: { replicas: 2, paused: true, selector: null } }, undefined],
    [{ spec: { replicas: 2.5 } }, 'cannot convert float64 to int32'],
    [{ spec: { replicas: 'two' } }, 'unrecognized type: int32'],
    [{ spec: { paused: 1 } }, 'unrecognized type: bool'],
    [{ metadata: { name: 7 } }, 'cannot convert int64 to string'],
    [{ metadata: { name: true } }, 'unrecognized type: string'],
    [{ metadata: { name: [] } }, 'unrecognized type: string'],
    [{ metadata: { labels: 'x' } }, 'cannot restore map from string'],
    [{ metadata: { labels: { a: 1 } } }, 'cannot convert int64 to string'],
    [{ metadata: 7 }, 'cannot restore struct from: int64'],
    [{ spec: 'x' }, 'cannot restore struct from: string'],
    [{ spec: [] }, 'cannot restore struct from: slice'],
    [container({ ports: { a: 1 } }), 'cannot restore slice from map'],
    [container({ ports: [{ protocol: 7 }] }), 'cannot convert int64 to v1.Protocol'],
    [container({ ports: [{ containerPort: 80 }] }), undefined],
    [{ spec: { template: { metadata: { creationTimestamp: 'x' } } } }, undefined],
    [
      { metadata: { creationTimestamp: 7 } },
      'json: cannot unmarshal number into Go value of type string',
    ],
    [strategy(1.5), 'json: cannot unmarshal number 1.5 into Go value of type int32'],
    [strategy([]), 'json: cannot unmarshal array into Go value of type int32'],
    [strategy('25%'), undefined],
    [{ surprise: 1 }, undefined],
  ];
  for (const [value, problem] of rows) {
    it(`is ${problem ?? 'fine, or for others to judge'}: ${JSON.stringify(value)}`, () => {
      expect(unstructuredProblem(value as JsonValue, { ref: 'apps/v1.Deployment' })).to.equal(
        problem,
      );
    });
  }
});
