import { rootOf, type DescribedGroupVersion, type DescribedPath } from './described-api.ts';
import { groupTag, groupWord, versionTag, versionWord } from './operation-names.ts';
import {
  create,
  deleteCollection,
  list,
  patch,
  read,
  remove,
  replace,
  watchList,
  watchOne,
  type OperatedPath,
  type Operation,
} from './operations.ts';
import { placeholders, type Parameter } from './parameters.ts';
import { versionInfo } from './version-info.ts';

/** A URL with what can be done there. */
export interface OperationPath {
  readonly url: string;
  readonly tag: string;
  readonly operations: readonly Operation[];
  /** The parameters of all operations; the operations have only their own besides. */
  readonly parameters: readonly Parameter[];
}

/** All URLs of a group's version and their operations. */
export function operationPaths(api: DescribedGroupVersion): readonly OperationPath[] {
  const root = rootOf(api);
  const own = discoveryPath(`${root}/`, versionTag(api), {
    id: `get${versionWord(api)}APIResources`,
    description: 'get available resources',
    type: 'meta/v1.APIResourceList',
  });
  return [own, ...api.paths.flatMap((path) => pathsOf(root, operated(api, path)))].sort((a, b) =>
    a.url < b.url ? -1 : 1,
  );
}

/** `/apis/apps/`. */
export const groupPath = (group: string): OperationPath =>
  discoveryPath(`/apis/${group}/`, groupTag(group), {
    id: `get${groupWord(group)}APIGroup`,
    description: 'get information of a group',
    type: 'meta/v1.APIGroup',
  });

export const coreVersionsPath: OperationPath = discoveryPath('/api/', 'core', {
  id: 'getCoreAPIVersions',
  description: 'get available API versions',
  type: 'meta/v1.APIVersions',
});

export const groupsPath: OperationPath = discoveryPath('/apis/', 'apis', {
  id: 'getAPIVersions',
  description: 'get available API versions',
  type: 'meta/v1.APIGroupList',
});

/** What the server is, which it answers in JSON alone. */
export const versionPath: OperationPath = discoveryPath('/version/', 'version', {
  id: 'getCodeVersion',
  description: 'get the version information for this server',
  type: versionInfo.id,
  jsonOnly: true,
});

interface DiscoveryOperation extends Readonly<Record<'id' | 'description' | 'type', string>> {
  readonly jsonOnly?: true;
}

function discoveryPath(
  url: string,
  tag: string,
  { type, ...told }: DiscoveryOperation,
): OperationPath {
  const operation: Operation = {
    method: 'get',
    ...told,
    parameters: [],
    responses: { 200: type },
  };
  return { url, tag, operations: [operation], parameters: [] };
}

function operated(api: DescribedGroupVersion, path: DescribedPath): OperatedPath {
  const [resource] = path.path.split('/');
  const parent = api.paths.find((one) => one.path === resource);
  return { ...path, api, parent: (parent ?? path).kind.kind };
}

function pathsOf(root: string, path: OperatedPath): OperationPath[] {
  const [resource = '', subresource = ''] = path.path.split('/');
  const tag = versionTag(path.api);
  const inNamespace = path.namespaced ? ['namespace'] : [];
  const place = path.namespaced ? `namespaces/{namespace}/${resource}` : resource;
  const at = (url: string, names: readonly string[], operations: readonly Operation[]) =>
    operationPath(`${root}/${url}`, tag, names, operations);
  const ofOne = [...inNamespace, 'name'];
  if (subresource !== '')
    return [at(`${place}/{name}/${subresource}`, ofOne, objectOperations(path))].filter(hasAny);
  const isWatched = path.verbs.includes('watch');
  const everywhere = path.namespaced && path.verbs.includes('list');
  return [
    at(place, inNamespace, collectionOperations(path)),
    at(`${place}/{name}`, ofOne, objectOperations(path)),
    ...(everywhere ? [at(resource, [], [list(path, true)])] : []),
    ...(isWatched
      ? [
          at(`watch/${place}`, inNamespace, [watchList(path)]),
          at(`watch/${place}/{name}`, ofOne, [watchOne(path)]),
        ]
      : []),
    ...(isWatched && path.namespaced ? [at(`watch/${resource}`, [], [watchList(path, true)])] : []),
  ].filter(hasAny);
}

const hasAny = ({ operations }: OperationPath): boolean => operations.length > 0;

function collectionOperations(path: OperatedPath): readonly Operation[] {
  const { verbs } = path;
  return [
    ...(verbs.includes('list') ? [list(path)] : []),
    ...(verbs.includes('create') ? [create(path)] : []),
    ...(verbs.includes('deletecollection') ? [deleteCollection(path)] : []),
  ];
}

function objectOperations(path: OperatedPath): readonly Operation[] {
  const { verbs } = path;
  return [
    ...(verbs.includes('get') ? [read(path)] : []),
    ...(verbs.includes('update') ? [replace(path)] : []),
    ...(path.path.includes('/') && verbs.includes('create') ? [create(path)] : []),
    ...(verbs.includes('delete') ? [remove(path)] : []),
    ...(verbs.includes('patch') ? [patch(path)] : []),
  ];
}

const byName = (a: Parameter, b: Parameter): number => (a.name < b.name ? -1 : 1);

/** What all operations have in common is the path's, as upstream writes it. */
function operationPath(
  url: string,
  tag: string,
  names: readonly string[],
  operations: readonly Operation[],
): OperationPath {
  const [first, ...others] = operations;
  const isShared = (parameter: Parameter): boolean =>
    others.every(({ parameters }) => parameters.includes(parameter));
  const shared = (first?.parameters ?? []).filter(isShared);
  const inPath = names.flatMap((name) => placeholders[name] ?? []);
  return {
    url,
    tag,
    parameters: [...shared, ...inPath].sort(byName),
    operations: operations.map((operation) => ({
      ...operation,
      parameters: operation.parameters
        .filter((parameter) => !shared.includes(parameter))
        .sort(byName),
    })),
  };
}
