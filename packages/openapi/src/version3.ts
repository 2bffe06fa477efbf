import type { DescribedGroupVersion } from './described-api.ts';
import { operationPaths, type Operation, type OperationPath } from './operations.ts';
import { pretty, type Parameter } from './parameters.ts';
import { SchemaCollector, version3 } from './type-schemas.ts';

const mediaTypes = ['application/json', 'application/yaml'];
const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];
const codes: Readonly<Record<string, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted' };
const placeholderTexts: Readonly<Record<string, string>> = {
  name: 'name of the object',
  namespace: 'object name and auth scope, such as for teams and projects',
};

/** The OpenAPI v3 document of a group's version. */
export function documentV3(api: DescribedGroupVersion): object {
  const collector = new SchemaCollector(version3);
  const paths = Object.fromEntries(
    operationPaths(api).map((path) => [path.url, pathItem(path, collector)]),
  );
  // A list's events are of this type, whatever their objects are.
  for (const typeId of ['meta/v1.APIResourceList', 'meta/v1.WatchEvent'])
    collector.reference(typeId);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: '1.37' },
    paths,
    components: {
      schemas: collector.sorted(),
      securitySchemes: {
        BearerToken: {
          type: 'apiKey',
          description: 'Bearer Token authentication',
          name: 'authorization',
          in: 'header',
        },
      },
    },
  };
}

function pathItem(
  { placeholders, tag, operations }: OperationPath,
  collector: SchemaCollector,
): object {
  const inPath = placeholders.map((name) => ({
    name,
    in: 'path',
    description: placeholderTexts[name],
    required: true,
    schema: { type: 'string', uniqueItems: true },
  }));
  return {
    ...Object.fromEntries(
      operations.map((operation) => [operation.method, operationItem(operation, tag, collector)]),
    ),
    parameters: [...inPath, queryParameter(pretty)],
  };
}

const queryParameter = ({ name, type, description }: Parameter): object => ({
  name,
  in: 'query',
  description,
  schema: { type, uniqueItems: true },
});

function operationItem(operation: Operation, tag: string, collector: SchemaCollector): object {
  const { id, description, action, kind, parameters, body, responses } = operation;
  const content = (typeId: string) =>
    Object.fromEntries(
      mediaTypes.map((mediaType) => [mediaType, { schema: collector.reference(typeId) }]),
    );
  const answers = Object.entries(responses).map(
    ([code, typeId]) => [code, { description: codes[code], content: content(typeId) }] as const,
  );
  return {
    tags: [tag],
    description,
    operationId: id,
    ...(parameters.length === 0 ? {} : { parameters: parameters.map(queryParameter) }),
    ...(body === undefined ? {} : { requestBody: requestBody(body, collector) }),
    responses: Object.fromEntries([...answers, ['401', { description: 'Unauthorized' }]]),
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': kind,
  };
}

function requestBody(body: string, collector: SchemaCollector): object {
  if (body !== '$patch') {
    return {
      content: { '*/*': { schema: collector.reference(body) } },
      ...(body === 'meta/v1.DeleteOptions' ? {} : { required: true }),
    };
  }
  const schema = {
    description: 'A patch of the object, in the format that the media type names.',
    type: 'object',
  };
  return {
    content: Object.fromEntries(patchTypes.map((type) => [type, { schema }])),
    required: true,
  };
}
