import type { JsonValue } from '@keelson/api-machinery';
import {
  isReference,
  message,
  strings,
  type Field,
  type FieldForm,
  type MessageForm,
  type OpenApiMessages,
} from './message-forms.ts';

const parameters: FieldForm = { list: message('ParametersItem') };

/** What parameters have that are in the path, and in the query one number further on. */
const parameterFields = (shift: 0 | 1): MessageForm['fields'] => ({
  required: [1, 'bool'],
  in: [2, 'string'],
  description: [3, 'string'],
  name: [4, 'string'],
  type: [5 + shift, 'string'],
  format: [6 + shift, 'string'],
  default: [9 + shift, 'any'],
  pattern: [16 + shift, 'string'],
  uniqueItems: [19 + shift, 'bool'],
  enum: [20 + shift, { list: 'any' }],
});

const forms: OpenApiMessages['forms'] = {
  Document: {
    fields: {
      swagger: [1, 'string'],
      info: [2, message('Info')],
      host: [3, 'string'],
      basePath: [4, 'string'],
      schemes: [5, strings],
      consumes: [6, strings],
      produces: [7, strings],
      paths: [8, message('Paths')],
      definitions: [9, message('Definitions')],
      parameters: [10, message('ParameterDefinitions')],
      security: [12, { list: message('SecurityRequirement') }],
      securityDefinitions: [13, message('SecurityDefinitions')],
    },
    extensions: 16,
  },
  Info: {
    fields: { title: [1, 'string'], version: [2, 'string'], description: [3, 'string'] },
    extensions: 7,
  },
  Paths: { fields: {}, extensions: 1, entries: [2, message('PathItem')] },
  PathItem: {
    fields: {
      $ref: [1, 'string'],
      get: [2, message('Operation')],
      put: [3, message('Operation')],
      post: [4, message('Operation')],
      delete: [5, message('Operation')],
      options: [6, message('Operation')],
      head: [7, message('Operation')],
      patch: [8, message('Operation')],
      parameters: [9, parameters],
    },
    extensions: 10,
  },
  Operation: {
    fields: {
      tags: [1, strings],
      summary: [2, 'string'],
      description: [3, 'string'],
      operationId: [5, 'string'],
      produces: [6, strings],
      consumes: [7, strings],
      parameters: [8, parameters],
      responses: [9, message('Responses')],
      schemes: [10, strings],
      deprecated: [11, 'bool'],
    },
    extensions: 13,
  },
  BodyParameter: {
    fields: {
      description: [1, 'string'],
      name: [2, 'string'],
      in: [3, 'string'],
      required: [4, 'bool'],
      schema: [5, message('Schema')],
    },
    extensions: 6,
  },
  PathParameter: { fields: parameterFields(0), extensions: 22 },
  QueryParameter: { fields: parameterFields(1), extensions: 23 },
  ParameterDefinitions: { fields: {}, entries: [1, message('Parameter')] },
  JsonReference: { fields: { $ref: [1, 'string'], description: [2, 'string'] } },
  Responses: { fields: {}, extensions: 2, entries: [1, message('ResponseValue')] },
  Response: {
    fields: { description: [1, 'string'], schema: [2, message('SchemaItem')] },
    extensions: 5,
  },
  Definitions: { fields: {}, entries: [1, message('Schema')] },
  Properties: { fields: {}, entries: [1, message('Schema')] },
  Schema: {
    fields: {
      $ref: [1, 'string'],
      format: [2, 'string'],
      title: [3, 'string'],
      description: [4, 'string'],
      default: [5, 'any'],
      maxLength: [11, 'int64'],
      minLength: [12, 'int64'],
      pattern: [13, 'string'],
      maxItems: [14, 'int64'],
      minItems: [15, 'int64'],
      uniqueItems: [16, 'bool'],
      maxProperties: [17, 'int64'],
      minProperties: [18, 'int64'],
      required: [19, strings],
      enum: [20, { list: 'any' }],
      additionalProperties: [21, message('AdditionalPropertiesItem')],
      type: [22, message('TypeItem')],
      items: [23, message('ItemsItem')],
      allOf: [24, { list: message('Schema') }],
      properties: [25, message('Properties')],
      readOnly: [27, 'bool'],
      example: [30, 'any'],
    },
    extensions: 31,
  },
  SecurityDefinitions: { fields: {}, entries: [1, message('SecurityDefinitionsItem')] },
  ApiKeySecurity: {
    fields: {
      type: [1, 'string'],
      name: [2, 'string'],
      in: [3, 'string'],
      description: [4, 'string'],
    },
    extensions: 5,
  },
  SecurityRequirement: { fields: {}, entries: [1, message('StringArray')] },
};

const place = (value: JsonValue): JsonValue | undefined => (value as { in?: JsonValue }).in;
const schema = (): Field => [1, message('Schema')];
/** One text, or several. */
const texts = (): Field => [1, strings];

/**
 * The messages of OpenAPI v2 that the documents of API servers are made of.
 * Facts: github.com/google/gnostic-models openapiv2/OpenAPIv2.proto.
 */
export const openApi2Messages: OpenApiMessages = {
  forms,
  choices: {
    ParametersItem: (value) =>
      isReference(value) ? [2, message('JsonReference')] : [1, message('Parameter')],
    Parameter: (value) =>
      place(value) === 'body' ? [1, message('BodyParameter')] : [2, message('NonBodyParameter')],
    NonBodyParameter: (value) =>
      place(value) === 'path' ? [4, message('PathParameter')] : [3, message('QueryParameter')],
    ResponseValue: (value) =>
      isReference(value) ? [2, message('JsonReference')] : [1, message('Response')],
    SchemaItem: schema,
    AdditionalPropertiesItem: schema,
    ItemsItem: schema,
    SecurityDefinitionsItem: () => [2, message('ApiKeySecurity')],
    TypeItem: texts,
    StringArray: texts,
  },
};
