import { expect } from 'chai';
import { describe, it } from 'mocha';
import { encodeOpenApi } from './encode-openapi.ts';

const version2 = {
  swagger: '2.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/a/{name}': {
      get: {
        description: 'd',
        consumes: ['*/*'],
        produces: ['application/json'],
        schemes: ['https'],
        tags: ['t'],
        operationId: 'o',
        parameters: [{ uniqueItems: true, type: 'boolean', name: 'watch', in: 'query' }],
        responses: { '200': { description: 'OK', schema: { $ref: '#/definitions/A' } } },
        'x-kubernetes-group-version-kind': { group: '', version: 'v1', kind: 'A' },
      },
      parameters: [{ uniqueItems: true, type: 'string', name: 'name', in: 'path', required: true }],
    },
    '/b': {
      post: {
        operationId: 'p',
        parameters: [
          { name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/A' } },
        ],
        responses: { '401': { description: 'Unauthorized' } },
      },
    },
  },
  definitions: {
    A: {
      type: 'object',
      required: ['a'],
      properties: {
        a: {
          type: 'array',
          items: { type: 'string', enum: ['', 'x'] },
          'x-kubernetes-list-map-keys': ['k'],
        },
        b: { type: 'object', additionalProperties: { type: 'integer', format: 'int32' } },
      },
      'x-kubernetes-unions': [{ discriminator: 'type', fields: { b: 'B', a: 'A' } }],
    },
  },
  securityDefinitions: { T: { type: 'apiKey', name: 'authorization', in: 'header' } },
  security: [{ T: [] }],
};

// What github.com/google/gnostic-models makes of the same document.
const gnostic2 = [
  'CgMyLjASBgoBVBIBMUK4AhLmAQoJL2Eve25hbWV9EtgBErQBCgF0GgFkKgFvMhBhcHBsaWNhdGlvbi9qc29uOgMqLypCIAoeEhwaGhIFcXVlcn',
  'kiBXdhdGNoMgdib29sZWFuoAEBSiQKIgoDMjAwEhsKGQoCT0sSEwoRCg8jL2RlZmluaXRpb25zL0FSBWh0dHBzakMKH3gta3ViZXJuZXRlcy1n',
  'cm91cC12ZXJzaW9uLWtpbmQSIBIeZ3JvdXA6ICIiCnZlcnNpb246IHYxCmtpbmQ6IEEKSh8KHRIbIhkIARIEcGF0aCIEbmFtZSoGc3RyaW5nmA',
  'EBEk0KAi9iEkciRSoBcEIlCiMKIRIEYm9keRoEYm9keSABKhEKDyMvZGVmaW5pdGlvbnMvQUoZChcKAzQwMRIQCg4KDFVuYXV0aG9yaXplZErr',
  'AQroAQoBQRLiAZoBAWGyAQgKBm9iamVjdMoBgQEKVQoBYRJQsgEHCgVhcnJheboBHAoaogEFEgMiIgqiAQQSAngKsgEICgZzdHJpbmf6ASQKGn',
  'gta3ViZXJuZXRlcy1saXN0LW1hcC1rZXlzEgYSBC0gawoKKAoBYhIjqgEVChMSBWludDMysgEJCgdpbnRlZ2VysgEICgZvYmplY3T6AUsKE3gt',
  'a3ViZXJuZXRlcy11bmlvbnMSNBIyLSBkaXNjcmltaW5hdG9yOiB0eXBlCiAgZmllbGRzOgogICAgYjogQgogICAgYTogQQpiBwoFCgFUEgBqKA',
  'omCgFUEiESHwoGYXBpS2V5Eg1hdXRob3JpemF0aW9uGgZoZWFkZXI=',
].join('');

const version3 = {
  openapi: '3.0.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/a/{name}': {
      get: {
        tags: ['t'],
        description: 'd',
        operationId: 'o',
        parameters: [
          { name: 'watch', in: 'query', schema: { type: 'boolean', uniqueItems: true } },
        ],
        responses: {
          '200': {
            description: 'OK',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } },
          },
          '401': { description: 'Unauthorized' },
        },
        'x-kubernetes-group-version-kind': { group: '', version: 'v1', kind: 'A' },
      },
      parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
    },
    '/b': {
      post: {
        operationId: 'p',
        requestBody: {
          content: { '*/*': { schema: { $ref: '#/components/schemas/A' } } },
          required: true,
        },
        responses: { '401': { description: 'Unauthorized' } },
      },
    },
  },
  components: {
    schemas: {
      A: {
        description: 'a',
        type: 'object',
        required: ['a'],
        properties: {
          a: {
            type: 'array',
            items: { type: 'string', default: '', enum: ['', 'x'] },
            'x-kubernetes-list-map-keys': ['k'],
          },
          b: {
            type: 'object',
            additionalProperties: { type: 'integer', format: 'int32', default: 0 },
          },
          c: { default: {}, allOf: [{ $ref: '#/components/schemas/B' }] },
          d: { type: 'boolean', default: false },
          e: { type: 'number', default: 1.5 },
          f: { type: 'object', additionalProperties: true },
        },
      },
      B: { oneOf: [{ type: 'integer' }, { type: 'string' }] },
    },
    securitySchemes: {
      T: { type: 'apiKey', description: 'b', name: 'authorization', in: 'header' },
    },
  },
};

const gnostic3 = [
  'CgUzLjAuMBIGCgFUMgExItcCCv8BCgkvYS97bmFtZX0S8QEizwEKAXQaAWQqAW8yIQofCgV3YXRjaBIFcXVlcnlSDwoNoAEBygEHYm9vbGVhbkJcEk',
  'EKAzIwMBI6CjgKAk9LGjIKMAoQYXBwbGljYXRpb24vanNvbhIcChoSGAoWIy9jb21wb25lbnRzL3NjaGVtYXMvQRIXCgM0MDESEAoOCgxVbmF1dGhv',
  'cml6ZWRqQwofeC1rdWJlcm5ldGVzLWdyb3VwLXZlcnNpb24ta2luZBIgEh5ncm91cDogIiIKdmVyc2lvbjogdjEKa2luZDogQQpqHQobCgRuYW1lEg',
  'RwYXRoIAFSCwoJygEGc3RyaW5nClMKAi9iEk0ySyoBcDorCikSJQojCgMqLyoSHAoaEhgKFiMvY29tcG9uZW50cy9zY2hlbWFzL0EYAUIZEhcKAzQw',
  'MRIQCg4KDFVuYXV0aG9yaXplZCqAAwrQAgqnAgoBQRKhAgqeAroBAWHKAQZvYmplY3T6AYkCCloKAWESVQpTygEFYXJyYXnyASEKHwodwgEFEgMiIg',
  'rCAQQSAngKygEGc3RyaW5nigICGgCiAiQKGngta3ViZXJuZXRlcy1saXN0LW1hcC1rZXlzEgYSBC0gawoKNQoBYhIwCi7KAQZvYmplY3SCAiIKIAoe',
  'ygEHaW50ZWdlcooCCQkAAAAAAAAAAJoCBWludDMyCicKAWMSIgog0gEaEhgKFiMvY29tcG9uZW50cy9zY2hlbWFzL0KKAgAKFgoBZBIRCg/KAQdib2',
  '9sZWFuigICEAAKHAoBZRIXChXKAQZudW1iZXKKAgkJAAAAAAAA+D8KFQoBZhIQCg7KAQZvYmplY3SCAgIQAZICAWEKJAoBQhIfCh3aAQwKCsoBB2lu',
  'dGVnZXLaAQsKCcoBBnN0cmluZzorCikKAVQSJAoiCgZhcGlLZXkSAWIaDWF1dGhvcml6YXRpb24iBmhlYWRlcg==',
].join('');

describe('OpenAPI as protobuf', () => {
  for (const [name, document, gnostic] of [
    ['version 2', version2, gnostic2],
    ['version 3', version3, gnostic3],
  ] as const) {
    it(`is what gnostic makes of the same document: ${name}`, () => {
      expect(Buffer.from(encodeOpenApi(document)).toString('base64')).to.equal(gnostic);
    });
  }
});
