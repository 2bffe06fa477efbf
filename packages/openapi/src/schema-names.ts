import type { ScalarType } from '@keelson/kubernetes-api';

const machinery = 'io.k8s.apimachinery.pkg';

/** `core/v1.Pod` → `io.k8s.api.core.v1.Pod`. */
export function schemaName(typeId: string): string {
  const [group = '', rest = ''] = typeId.split('/');
  if (group === 'meta') return `${machinery}.apis.meta.${rest}`;
  if (group === 'apiextensions')
    return `io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.${rest}`;
  if (group === 'apiregistration') return `io.k8s.kube-aggregator.pkg.apis.apiregistration.${rest}`;
  return `io.k8s.api.${group}.${rest}`;
}

/** What OpenAPI has a schema for that no fields describe. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Scalars that OpenAPI has schemas for, with what they are. */
export const scalarSchemas: Readonly<Partial<Record<ScalarType, NamedSchema>>> = {
  quantity: {
    name: `${machinery}.api.resource.Quantity`,
    schema: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  },
  time: { name: `${machinery}.apis.meta.v1.Time`, schema: { type: 'string', format: 'date-time' } },
  microtime: {
    name: `${machinery}.apis.meta.v1.MicroTime`,
    schema: { type: 'string', format: 'date-time' },
  },
  intorstring: {
    name: `${machinery}.util.intstr.IntOrString`,
    schema: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  },
  raw: { name: `${machinery}.runtime.RawExtension`, schema: { type: 'object' } },
  fieldsv1: { name: `${machinery}.apis.meta.v1.FieldsV1`, schema: { type: 'object' } },
};
