import type { DescribedGroupVersion } from './described-api.ts';
import { codeTexts, producedBy, type Description, type MediaTypes } from './media-types.ts';
import {
  coreVersionsPath,
  groupPath,
  groupsPath,
  operationPaths,
  versionPath,
  type OperationPath,
} from './operation-paths.ts';
import type { Operation } from './operations.ts';
import type { Parameter } from './parameters.ts';
import { SchemaCollector, version2 } from './type-schemas.ts';

/** The OpenAPI v2 document of all group versions together. */
export function documentV2(apis: readonly DescribedGroupVersion[], types: MediaTypes): object {
  const collector = new SchemaCollector(version2, apis);
  const groups = [...new Set(apis.map(({ group }) => group))].filter((group) => group !== '');
  const paths = Object.fromEntries(
    [
      coreVersionsPath,
      groupsPath,
      versionPath,
      ...groups.map(groupPath),
      ...apis.flatMap(operationPaths),
    ]
      .sort((a, b) => (a.url < b.url ? -1 : 1))
      .map((path) => [path.url, pathItem(path, { collector, types })]),
  );
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: '1.37' },
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

function pathItem({ tag, operations, parameters }: OperationPath, context: Description): object {
  return {
    ...Object.fromEntries(
      operations.map((operation) => [operation.method, operationItem(operation, tag, context)]),
    ),
    ...(parameters.length === 0 ? {} : { parameters: parameters.map(parameterItem) }),
  };
}

const parameterItem = ({ name, inPath, type, description }: Parameter): object => ({
  uniqueItems: true,
  type,
  description,
  name,
  in: inPath === true ? 'path' : 'query',
  ...(inPath === true ? { required: true } : {}),
});

function operationItem(operation: Operation, tag: string, context: Description): object {
  const { id, description, action, kind, parameters, body, responses } = operation;
  const { collector } = context;
  const sent = body === undefined ? [] : [bodyItem(body, collector)];
  const answers = Object.entries(responses).map(
    ([code, typeId]) =>
      [code, { description: codeTexts[code], schema: collector.reference(typeId) }] as const,
  );
  return {
    description,
    consumes: consumedBy(operation, context),
    produces: producedBy(operation, context),
    schemes: ['https'],
    tags: [tag],
    operationId: id,
    ...(sent.length + parameters.length === 0
      ? {}
      : { parameters: [...sent, ...parameters.map(parameterItem)] }),
    responses: Object.fromEntries([...answers, ['401', { description: 'Unauthorized' }]]),
    ...(action === undefined ? {} : { 'x-kubernetes-action': action }),
    ...(kind === undefined ? {} : { 'x-kubernetes-group-version-kind': kind }),
  };
}

/** Discovery says what it takes although it takes nothing. */
function consumedBy(operation: Operation, description: Description): readonly string[] {
  const { types } = description;
  if (operation.action === undefined) return producedBy(operation, description);
  return operation.body === 'meta/v1.Patch' ? types.patches : ['*/*'];
}

const bodyItem = (body: string, collector: SchemaCollector): object => ({
  name: 'body',
  in: 'body',
  ...(body === 'meta/v1.DeleteOptions' ? {} : { required: true }),
  schema: collector.reference(body),
});
