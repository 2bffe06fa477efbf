import type { ScalarType } from '@keelson/kubernetes-api';

const machinery = 'io.k8s.apimachinery.pkg';

/** `core/v1.Pod` → `io.k8s.api.core.v1.Pod`; what belongs to no group is the machinery's: `version/Info`. */
export function schemaName(typeId: string): string {
  const [group = '', rest = ''] = typeId.split('/');
  if (!rest.includes('.')) return `${machinery}.${typeId.replaceAll('/', '.')}`;
  if (group === 'meta') return `${machinery}.apis.meta.${rest}`;
  if (group === 'apiextensions')
    return `io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.${rest}`;
  if (group === 'apiregistration') return `io.k8s.kube-aggregator.pkg.apis.apiregistration.${rest}`;
  return `io.k8s.api.${group}.${rest}`;
}

/** What OpenAPI has a schema for that no fields describe. */
export interface NamedSchema {
  readonly name: string;
  /** What its description is found by. */
  readonly typeId: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

const named = (typeId: string, schema: NamedSchema['schema']): NamedSchema => ({
  typeId,
  name: schemaName(typeId),
  schema,
});

/** Scalars that OpenAPI has schemas for, with what they are. */
export const scalarSchemas: Readonly<Partial<Record<ScalarType, NamedSchema>>> = {
  quantity: named('api/resource/Quantity', { oneOf: [{ type: 'string' }, { type: 'number' }] }),
  time: named('meta/v1.Time', { type: 'string', format: 'date-time' }),
  microtime: named('meta/v1.MicroTime', { type: 'string', format: 'date-time' }),
  intorstring: named('util/intstr/IntOrString', {
    format: 'int-or-string',
    oneOf: [{ type: 'integer' }, { type: 'string' }],
  }),
  raw: named('runtime/RawExtension', { type: 'object' }),
  fieldsv1: named('meta/v1.FieldsV1', { type: 'object' }),
};
