import type { DescribedGroupVersion } from './described-api.ts';
import { operationPaths, type Operation, type OperationPath } from './operations.ts';
import { pretty, type Parameter } from './parameters.ts';
import { SchemaCollector, version2 } from './type-schemas.ts';

const produces = ['application/json', 'application/yaml'];
const codes: Readonly<Record<string, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted' };

/** The OpenAPI v2 document of all group versions together. */
export function documentV2(apis: readonly DescribedGroupVersion[]): object {
  const collector = new SchemaCollector(version2);
  const paths = Object.fromEntries(
    apis.flatMap(operationPaths).map((path) => [path.url, pathItem(path, collector)]),
  );
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: 'v1.37.2' },
    paths,
    definitions: collector.sorted(),
    securityDefinitions: {
      BearerToken: {
        description: 'Bearer Token authentication',
        type: 'apiKey',
        name: 'authorization',
        in: 'header',
      },
    },
    security: [{ BearerToken: [] }],
  };
}

function pathItem(
  { placeholders, tag, operations }: OperationPath,
  collector: SchemaCollector,
): object {
  const inPath = placeholders.map((name) => ({
    uniqueItems: true,
    type: 'string',
    name,
    in: 'path',
    required: true,
  }));
  return {
    ...Object.fromEntries(
      operations.map((operation) => [operation.method, operationItem(operation, tag, collector)]),
    ),
    parameters: [...inPath, queryParameter(pretty)],
  };
}

const queryParameter = ({ name, type, description }: Parameter): object => ({
  uniqueItems: true,
  type,
  description,
  name,
  in: 'query',
});

function operationItem(operation: Operation, tag: string, collector: SchemaCollector): object {
  const { id, description, action, kind, parameters, body, responses } = operation;
  const schema =
    body === undefined
      ? undefined
      : body === '$patch'
        ? { type: 'object' }
        : collector.reference(body);
  const sent =
    schema === undefined
      ? []
      : [
          {
            name: 'body',
            in: 'body',
            ...(body === 'meta/v1.DeleteOptions' ? {} : { required: true }),
            schema,
          },
        ];
  const answers = Object.entries(responses).map(
    ([code, typeId]) =>
      [code, { description: codes[code], schema: collector.reference(typeId) }] as const,
  );
  return {
    description,
    consumes: ['*/*'],
    produces,
    schemes: ['https'],
    tags: [tag],
    operationId: id,
    ...(sent.length + parameters.length === 0
      ? {}
      : { parameters: [...sent, ...parameters.map(queryParameter)] }),
    responses: Object.fromEntries([...answers, ['401', { description: 'Unauthorized' }]]),
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': kind,
  };
}
