import type { JsonValue } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import { kubernetesSchema } from './kubernetes-schema.ts';
import {
  deduced,
  untyped,
  type Field,
  type ListSchema,
  type MapSchema,
  type ScalarKind,
  type Schema,
} from './schema.ts';

/** What an OpenAPI schema says that matters to ownership. */
export interface OpenApi {
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, OpenApi>>;
  readonly additionalProperties?: OpenApi | boolean;
  readonly items?: OpenApi;
  readonly default?: JsonValue;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: 'atomic' | 'granular';
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
}

/** How the fields of a custom resource are owned; without a schema, as far as they tell it themselves. */
export function customResourceSchema(openApi?: OpenApi): Schema {
  if (openApi === undefined) return deduced;
  return schemaFrom({ type: 'object', ...openApi, 'x-kubernetes-embedded-resource': true }, false);
}

/** How the fields of what an OpenAPI schema describes are owned. Behaviour: k8s.io/kube-openapi schemaconv ToSchemaFromOpenAPI. */
export const openApiSchema = (openApi: OpenApi): Schema => schemaFrom(openApi, false);

/** `inherited`: what is unknown is kept, as a schema above says. */
function schemaFrom(openApi: OpenApi, inherited: boolean): Schema {
  const preserves = inherited || openApi['x-kubernetes-preserve-unknown-fields'] === true;
  switch (openApi.type ?? '') {
    case 'object':
      return { map: mapFrom(openApi, preserves) };
    case 'array':
      return { list: listFrom(openApi, preserves) };
    case '':
      return {
        scalar: 'any',
        list: listFrom(openApi, preserves),
        map: mapFrom(openApi, preserves),
      };
    default:
      return { scalar: scalarFrom(openApi) };
  }
}

function scalarFrom({ type, format = '' }: OpenApi): ScalarKind {
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  // Texts of some form may be written otherwise: times, quantities, addresses.
  return type === 'string' && (format === '' || format === 'byte') ? 'string' : 'any';
}

function listFrom(openApi: OpenApi, preserves: boolean): ListSchema {
  return {
    relation: openApi['x-kubernetes-list-type'] ?? 'atomic',
    keys: openApi['x-kubernetes-list-map-keys'] ?? [],
    items: openApi.items === undefined ? untyped : schemaFrom(openApi.items, preserves),
  };
}

function mapFrom(openApi: OpenApi, preserves: boolean): MapSchema {
  const fields = new Map<string, Field>();
  for (const [name, property] of Object.entries(openApi.properties ?? {}))
    fields.set(name, {
      schema: schemaFrom(property, preserves),
      ...(property.default === undefined ? {} : { default: property.default }),
    });
  const others = othersOf(openApi, preserves);
  if (openApi['x-kubernetes-embedded-resource'] === true) addObjectFields(fields);
  return {
    atomic: openApi['x-kubernetes-map-type'] === 'atomic',
    fields,
    ...(others === undefined ? {} : { others }),
  };
}

function othersOf(
  { additionalProperties, properties = {} }: OpenApi,
  preserves: boolean,
): Schema | undefined {
  if (typeof additionalProperties === 'object') return schemaFrom(additionalProperties, preserves);
  if (additionalProperties !== undefined) return additionalProperties ? deduced : undefined;
  // An object of which nothing is said holds anything.
  return preserves || Object.keys(properties).length === 0 ? deduced : undefined;
}

/** An object inside of another one has what objects have. */
function addObjectFields(fields: Map<string, Field>): void {
  fields.set('apiVersion', { schema: { scalar: 'string' } });
  fields.set('kind', { schema: { scalar: 'string' } });
  fields.set('metadata', { schema: kubernetesSchema(schemaOf('meta/v1.ObjectMeta')) });
}
