import type { Toleration } from '@keelson/kubernetes-api/core/v1';
import { readAnnotatedList, type StructType } from './annotated-list.ts';

const type: StructType = {
  name: 'core.Toleration',
  fields: {
    key: 'string',
    operator: 'string',
    value: 'string',
    effect: 'string',
    tolerationSeconds: 'int64',
  },
};

/** Reads tolerations from the annotation that held them before they were a field; a string is what is wrong with it, as Go says it. */
export function readTolerations(text: string): readonly Toleration[] | string {
  return readAnnotatedList(text, type);
}
