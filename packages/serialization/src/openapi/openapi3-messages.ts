import type { JsonValue } from '@keelson/api-machinery';
import {
  isReference,
  message,
  strings,
  type Field,
  type OpenApiMessages,
} from './message-forms.ts';

const forms: OpenApiMessages['forms'] = {
  Document: {
    fields: {
      openapi: [1, 'string'],
      info: [2, message('Info')],
      paths: [4, message('Paths')],
      components: [5, message('Components')],
    },
    extensions: 9,
  },
  Info: {
    fields: { title: [1, 'string'], description: [2, 'string'], version: [6, 'string'] },
    extensions: 7,
  },
  Paths: { fields: {}, entries: [1, message('PathItem')], extensions: 2 },
  PathItem: {
    fields: {
      $ref: [1, 'string'],
      summary: [2, 'string'],
      description: [3, 'string'],
      get: [4, message('Operation')],
      put: [5, message('Operation')],
      post: [6, message('Operation')],
      delete: [7, message('Operation')],
      options: [8, message('Operation')],
      head: [9, message('Operation')],
      patch: [10, message('Operation')],
      trace: [11, message('Operation')],
      parameters: [13, { list: message('ParameterOrReference') }],
    },
    extensions: 14,
  },
  Operation: {
    fields: {
      tags: [1, strings],
      summary: [2, 'string'],
      description: [3, 'string'],
      operationId: [5, 'string'],
      parameters: [6, { list: message('ParameterOrReference') }],
      requestBody: [7, message('RequestBodyOrReference')],
      responses: [8, message('Responses')],
      deprecated: [10, 'bool'],
    },
    extensions: 13,
  },
  Parameter: {
    fields: {
      name: [1, 'string'],
      in: [2, 'string'],
      description: [3, 'string'],
      required: [4, 'bool'],
      deprecated: [5, 'bool'],
      allowEmptyValue: [6, 'bool'],
      schema: [10, message('SchemaOrReference')],
      content: [13, message('MediaTypes')],
    },
    extensions: 14,
  },
  RequestBody: {
    fields: {
      description: [1, 'string'],
      content: [2, message('MediaTypes')],
      required: [3, 'bool'],
    },
    extensions: 4,
  },
  Responses: {
    fields: { default: [1, message('ResponseOrReference')] },
    entries: [2, message('ResponseOrReference')],
    extensions: 3,
  },
  Response: {
    fields: { description: [1, 'string'], content: [3, message('MediaTypes')] },
    extensions: 5,
  },
  MediaTypes: { fields: {}, entries: [1, message('MediaType')] },
  MediaType: { fields: { schema: [1, message('SchemaOrReference')] }, extensions: 5 },
  Reference: { fields: { $ref: [1, 'string'], description: [3, 'string'] } },
  Components: {
    fields: {
      schemas: [1, message('SchemasOrReferences')],
      securitySchemes: [7, message('SecuritySchemesOrReferences')],
    },
    extensions: 10,
  },
  SchemasOrReferences: { fields: {}, entries: [1, message('SchemaOrReference')] },
  Properties: { fields: {}, entries: [1, message('SchemaOrReference')] },
  Schema: {
    fields: {
      nullable: [1, 'bool'],
      readOnly: [3, 'bool'],
      writeOnly: [4, 'bool'],
      example: [7, 'any'],
      deprecated: [8, 'bool'],
      title: [9, 'string'],
      multipleOf: [10, 'double'],
      maximum: [11, 'double'],
      exclusiveMaximum: [12, 'bool'],
      minimum: [13, 'double'],
      exclusiveMinimum: [14, 'bool'],
      maxLength: [15, 'int64'],
      minLength: [16, 'int64'],
      pattern: [17, 'string'],
      maxItems: [18, 'int64'],
      minItems: [19, 'int64'],
      uniqueItems: [20, 'bool'],
      maxProperties: [21, 'int64'],
      minProperties: [22, 'int64'],
      required: [23, strings],
      enum: [24, { list: 'any' }],
      type: [25, 'string'],
      allOf: [26, { list: message('SchemaOrReference') }],
      oneOf: [27, { list: message('SchemaOrReference') }],
      anyOf: [28, { list: message('SchemaOrReference') }],
      not: [29, message('Schema')],
      items: [30, message('ItemsItem')],
      properties: [31, message('Properties')],
      additionalProperties: [32, message('AdditionalPropertiesItem')],
      default: [33, message('DefaultType')],
      description: [34, 'string'],
      format: [35, 'string'],
    },
    extensions: 36,
  },
  SecuritySchemesOrReferences: { fields: {}, entries: [1, message('SecuritySchemeOrReference')] },
  SecurityScheme: {
    fields: {
      type: [1, 'string'],
      description: [2, 'string'],
      name: [3, 'string'],
      in: [4, 'string'],
    },
    extensions: 9,
  },
};

/** What is said in place, or a reference. */
const orReference =
  (name: string) =>
  (value: JsonValue): Field =>
    isReference(value) ? [2, message('Reference')] : [1, message(name)];

const schemaOrReference: Field = [1, message('SchemaOrReference')];

/** A default that is a list or an object has no form. */
function defaultValue(value: JsonValue): Field | undefined {
  if (typeof value === 'number') return [1, 'double'];
  if (typeof value === 'boolean') return [2, 'flag'];
  return typeof value === 'string' ? [3, 'string'] : undefined;
}

/**
 * The messages of OpenAPI v3 that the documents of API servers are made of.
 * Facts: github.com/google/gnostic-models openapiv3/OpenAPIv3.proto.
 */
export const openApi3Messages: OpenApiMessages = {
  forms,
  choices: {
    ParameterOrReference: orReference('Parameter'),
    RequestBodyOrReference: orReference('RequestBody'),
    ResponseOrReference: orReference('Response'),
    SchemaOrReference: orReference('Schema'),
    SecuritySchemeOrReference: orReference('SecurityScheme'),
    ItemsItem: () => schemaOrReference,
    AdditionalPropertiesItem: (value) =>
      typeof value === 'boolean' ? [2, 'flag'] : schemaOrReference,
    DefaultType: defaultValue,
  },
};
