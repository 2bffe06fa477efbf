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
    [
      { spec: { template: { metadata: { creationTimestamp: 'x' } } } },
      'parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"',
    ],
    [
      { metadata: { creationTimestamp: 'x', labels: 7 } },
      'parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"',
    ],
    [{ metadata: { uid: 7, creationTimestamp: 'x' } }, 'cannot convert int64 to types.UID'],
    [
      container({ resources: { limits: { cpu: 'x' } } }),
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
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

describe('What a strategic merge patch makes of bytes', () => {
  const rows: readonly (readonly [value: JsonValue, problem: string | undefined])[] = [
    ['YQ==', undefined],
    [null, undefined],
    [[1, null, 2], undefined],
    ['odd', 'error decoding from json: illegal base64 data at input byte 0'],
    [7, 'cannot restore slice from int64'],
    [['a'], 'unrecognized type: uint8'],
    [[1.5], 'cannot convert float64 to uint8'],
  ];
  for (const [value, problem] of rows) {
    it(`is ${problem ?? 'fine'}: ${JSON.stringify(value)}`, () => {
      expect(unstructuredProblem(value, 'bytes')).to.equal(problem);
    });
  }
});
