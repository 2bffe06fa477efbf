import {
  groupVersionText,
  parseGroupVersion,
  type GroupVersionKind,
  type KubernetesObject,
} from '@keelson/api-machinery';
import { kindSchema, schemaOf, type TypeSchema } from '@keelson/kubernetes-api';
import type { Scope } from './scope.ts';

/** What says what it is. */
export interface Document {
  readonly kind?: string;
  readonly apiVersion?: string;
}

/** The schema of what a path answers with: its own, or that of what it answers with instead. */
export const schemaOfObject = (
  object: Partial<KubernetesObject>,
  { kind, schema }: Pick<Scope, 'kind' | 'schema'>,
): TypeSchema => (isOfKind(object, kind) ? schema : documentSchema(object));

const isOfKind = ({ kind, apiVersion }: Partial<KubernetesObject>, own: GroupVersionKind) =>
  kind === own.kind && apiVersion === groupVersionText(own);

/** What has no group of its own is of meta's. */
export function documentSchema({ kind = '', apiVersion = '' }: Document): TypeSchema {
  const groupVersion = parseGroupVersion(apiVersion);
  const own = groupVersion === undefined ? undefined : kindSchema({ ...groupVersion, kind });
  return own ?? schemaOf(`meta/v1.${kind}`);
}
