import { expect } from 'chai';
import { describe, it } from 'mocha';
import { encodeOpenApi } from './encode-openapi.ts';

const document = {
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
const gnostic = [
  'CgMyLjASBgoBVBIBMUK4AhLmAQoJL2Eve25hbWV9EtgBErQBCgF0GgFkKgFvMhBhcHBsaWNhdGlvbi9qc29uOgMqLypCIAoeEhwaGhIFcXVlcn',
  'kiBXdhdGNoMgdib29sZWFuoAEBSiQKIgoDMjAwEhsKGQoCT0sSEwoRCg8jL2RlZmluaXRpb25zL0FSBWh0dHBzakMKH3gta3ViZXJuZXRlcy1n',
  'cm91cC12ZXJzaW9uLWtpbmQSIBIeZ3JvdXA6ICIiCnZlcnNpb246IHYxCmtpbmQ6IEEKSh8KHRIbIhkIARIEcGF0aCIEbmFtZSoGc3RyaW5nmA',
  'EBEk0KAi9iEkciRSoBcEIlCiMKIRIEYm9keRoEYm9keSABKhEKDyMvZGVmaW5pdGlvbnMvQUoZChcKAzQwMRIQCg4KDFVuYXV0aG9yaXplZErr',
  'AQroAQoBQRLiAZoBAWGyAQgKBm9iamVjdMoBgQEKVQoBYRJQsgEHCgVhcnJheboBHAoaogEFEgMiIgqiAQQSAngKsgEICgZzdHJpbmf6ASQKGn',
  'gta3ViZXJuZXRlcy1saXN0LW1hcC1rZXlzEgYSBC0gawoKKAoBYhIjqgEVChMSBWludDMysgEJCgdpbnRlZ2VysgEICgZvYmplY3T6AUsKE3gt',
  'a3ViZXJuZXRlcy11bmlvbnMSNBIyLSBkaXNjcmltaW5hdG9yOiB0eXBlCiAgZmllbGRzOgogICAgYjogQgogICAgYTogQQpiBwoFCgFUEgBqKA',
  'omCgFUEiESHwoGYXBpS2V5Eg1hdXRob3JpemF0aW9uGgZoZWFkZXI=',
].join('');

describe('OpenAPI as protobuf', () => {
  it('is what gnostic makes of the same document', () => {
    expect(Buffer.from(encodeOpenApi(document)).toString('base64')).to.equal(gnostic);
  });
});
