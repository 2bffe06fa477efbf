import type { DescribedGroupVersion } from './described-api.ts';
import { codeTexts, producedBy, type Description, type MediaTypes } from './media-types.ts';
import { operationPaths, type OperationPath } from './operation-paths.ts';
import type { Operation } from './operations.ts';
import type { Parameter } from './parameters.ts';
import { SchemaCollector, version3 } from './type-schemas.ts';

/** The OpenAPI v3 document of a group's version. */
export function documentV3(api: DescribedGroupVersion, types: MediaTypes): object {
  return documentOfPaths(operationPaths(api), types, [api]);
}

/** The OpenAPI v3 document of some paths. */
export function documentOfPaths(
  operationPaths: readonly OperationPath[],
  types: MediaTypes,
  apis: readonly DescribedGroupVersion[] = [],
): object {
  const collector = new SchemaCollector(version3, apis);
  const paths = Object.fromEntries(
    operationPaths.map((path) => [path.url, pathItem(path, { collector, types })]),
  );
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

function pathItem({ tag, operations, parameters }: OperationPath, context: Description): object {
  return {
    ...Object.fromEntries(
      operations.map((operation) => [operation.method, operationItem(operation, tag, context)]),
    ),
    ...parameterList(parameters),
  };
}

const parameterList = (parameters: readonly Parameter[]): object =>
  parameters.length === 0 ? {} : { parameters: parameters.map(parameterItem) };

const parameterItem = ({ name, inPath, type, description }: Parameter): object => ({
  name,
  in: inPath === true ? 'path' : 'query',
  description,
  ...(inPath === true ? { required: true } : {}),
  schema: { type, uniqueItems: true },
});

function operationItem(operation: Operation, tag: string, context: Description): object {
  const { id, description, action, kind, parameters, body, responses } = operation;
  const types = producedBy(operation, context);
  const answers = Object.entries(responses).map(
    ([code, typeId]) =>
      [code, { description: codeTexts[code], ...contentOf(types, typeId, context) }] as const,
  );
  return {
    tags: [tag],
    description,
    operationId: id,
    ...parameterList(parameters),
    ...(body === undefined ? {} : { requestBody: requestBody(body, context) }),
    responses: Object.fromEntries([...answers, ['401', { description: 'Unauthorized' }]]),
    ...(action === undefined ? {} : { 'x-kubernetes-action': action }),
    ...(kind === undefined ? {} : { 'x-kubernetes-group-version-kind': kind }),
  };
}

const contentOf = (types: readonly string[], typeId: string, { collector }: Description) => ({
  content: Object.fromEntries(
    types.toSorted().map((type) => [type, { schema: collector.reference(typeId) }]),
  ),
});

const requestBody = (body: string, context: Description): object => ({
  ...contentOf(body === 'meta/v1.Patch' ? context.types.patches : ['*/*'], body, context),
  ...(body === 'meta/v1.DeleteOptions' ? {} : { required: true }),
});
