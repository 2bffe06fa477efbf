import type { Secret } from '@keelson/kubernetes-api/core/v1';
import { keyPairProblem } from './key-pair.ts';

/** A key that does not belong to its certificate. Behaviour: registry/core/secret warningsForSecret, v1.37. */
export function secretWarnings({ type, data = {} }: Secret): string[] {
  if (type !== 'kubernetes.io/tls') return [];
  const text = (key: string) => Buffer.from(data[key] ?? '', 'base64').toString('latin1');
  const problem = keyPairProblem(text('tls.crt'), text('tls.key'));
  return problem === undefined ? [] : [problem];
}
