import type { DescribedGroupVersion, DescribedPath } from './described-api.ts';
import {
  deleteParameters,
  listParameters,
  patchParameters,
  writeParameters,
  type Parameter,
} from './parameters.ts';

/** One HTTP operation on a path, told once for both dialects. */
export interface Operation {
  readonly method: 'get' | 'put' | 'post' | 'delete' | 'patch';
  readonly id: string;
  readonly description: string;
  readonly action: string;
  readonly kind: DescribedPath['kind'];
  readonly parameters: readonly Parameter[];
  /** Types by id; `$patch` stands for a patch. */
  readonly body: string | undefined;
  readonly responses: Readonly<Record<number, string>>;
}

/** A URL with what can be done there. */
export interface OperationPath {
  readonly url: string;
  /** The names in the URL: namespace, name. */
  readonly placeholders: readonly string[];
  readonly tag: string;
  readonly operations: readonly Operation[];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** `apps/v1` → `AppsV1`; the core group is `CoreV1`. */
const idPart = ({ group, version }: DescribedGroupVersion): string =>
  (group === '' ? 'core' : group.replace(/\.k8s\.io$/, '')).split(/[.-]/).map(capital).join('') +
  capital(version);
const tagOf = ({ group, version }: DescribedGroupVersion): string =>
  `${group === '' ? 'core' : group.replace(/\.k8s\.io$/, '').replaceAll('.', '')}_${version}`;

/** All URLs of a group's version and their operations. */
export function operationPaths(api: DescribedGroupVersion): readonly OperationPath[] {
  const root = api.group === '' ? `/api/${api.version}` : `/apis/${api.group}/${api.version}`;
  return api.paths
    .flatMap((path) => pathsOf(api, root, path))
    .sort((a, b) => (a.url < b.url ? -1 : 1));
}

function pathsOf(
  api: DescribedGroupVersion,
  root: string,
  described: DescribedPath,
): OperationPath[] {
  const [resource = '', subresource = ''] = described.path.split('/');
  const base = described.namespaced
    ? `${root}/namespaces/{namespace}/${resource}`
    : `${root}/${resource}`;
  const inNamespace = described.namespaced ? ['namespace'] : [];
  const tag = tagOf(api);
  const one = {
    url: subresource === '' ? `${base}/{name}` : `${base}/{name}/${subresource}`,
    placeholders: ['name', ...inNamespace],
    tag,
  };
  if (subresource !== '') return [{ ...one, operations: objectOperations(api, described) }];
  const paths: OperationPath[] = [
    { url: base, placeholders: inNamespace, tag, operations: collectionOperations(api, described) },
    { ...one, operations: objectOperations(api, described) },
  ];
  if (described.namespaced && described.verbs.includes('list')) {
    paths.push({
      url: `${root}/${resource}`,
      placeholders: [],
      tag,
      operations: [listOperation(api, described, 'ForAllNamespaces')],
    });
  }
  return paths.filter(({ operations }) => operations.length > 0);
}

/** `readCoreV1NamespacedPodStatus`. */
function operationId(
  api: DescribedGroupVersion,
  verb: string,
  { path, namespaced, kind }: DescribedPath,
): string {
  const subresource = (path.split('/')[1] ?? '').split('-').map(capital).join('');
  return `${verb}${idPart(api)}${namespaced ? 'Namespaced' : ''}${kind.kind === capital(subresource) ? '' : kind.kind}${subresource}`;
}

const listType = (typeId: string): string => `${typeId}List`;

function listOperation(
  api: DescribedGroupVersion,
  described: DescribedPath,
  suffix = '',
): Operation {
  const { kind, typeId } = described;
  const id =
    suffix === '' ? operationId(api, 'list', described) : `list${idPart(api)}${kind.kind}${suffix}`;
  return {
    method: 'get',
    id,
    description: `list or watch objects of kind ${kind.kind}`,
    action: 'list',
    kind,
    parameters: listParameters,
    body: undefined,
    responses: { 200: listType(typeId) },
  };
}

function collectionOperations(api: DescribedGroupVersion, described: DescribedPath): Operation[] {
  const { kind, verbs } = described;
  const operations: Operation[] = [];
  if (verbs.includes('list')) operations.push(listOperation(api, described));
  if (verbs.includes('create')) operations.push(createOperation(api, described));
  if (verbs.includes('deletecollection')) {
    const id = operationId(api, 'deleteCollection', described)
      .replace('deleteCollection', 'delete')
      .replace(idPart(api), `${idPart(api)}Collection`);
    operations.push({
      method: 'delete',
      id,
      description: `delete collection of ${kind.kind}`,
      action: 'deletecollection',
      kind,
      parameters: [...deleteParameters, ...listParameters],
      body: 'meta/v1.DeleteOptions',
      responses: { 200: 'meta/v1.Status' },
    });
  }
  return operations;
}

function createOperation(api: DescribedGroupVersion, described: DescribedPath): Operation {
  const { kind, typeId } = described;
  const article = /^[AEIOU]/.test(kind.kind) ? 'an' : 'a';
  return {
    method: 'post',
    id: operationId(api, 'create', described),
    description: `create ${article} ${kind.kind}`,
    action: 'post',
    kind,
    parameters: writeParameters,
    body: typeId,
    responses: { 200: typeId, 201: typeId, 202: typeId },
  };
}

function objectOperations(api: DescribedGroupVersion, described: DescribedPath): Operation[] {
  const { kind, typeId, verbs, path } = described;
  const what = `${path.includes('/') ? `${path.split('/')[1] ?? ''} of ` : ''}the specified ${kind.kind}`;
  const operations: Operation[] = [];
  if (verbs.includes('get')) {
    operations.push({
      method: 'get',
      id: operationId(api, 'read', described),
      description: `read ${what}`,
      action: 'get',
      kind,
      parameters: [],
      body: undefined,
      responses: { 200: typeId },
    });
  }
  if (verbs.includes('update')) {
    operations.push({
      method: 'put',
      id: operationId(api, 'replace', described),
      description: `replace ${what}`,
      action: 'put',
      kind,
      parameters: writeParameters,
      body: typeId,
      responses: { 200: typeId, 201: typeId },
    });
  }
  if (path.includes('/') && verbs.includes('create'))
    operations.push(createOperation(api, described));
  if (verbs.includes('delete')) {
    const gone = ['Pod', 'Service', 'ServiceAccount'].includes(kind.kind)
      ? typeId
      : 'meta/v1.Status';
    operations.push({
      method: 'delete',
      id: operationId(api, 'delete', described),
      description: `delete ${/^[AEIOU]/.test(kind.kind) ? 'an' : 'a'} ${kind.kind}`,
      action: 'delete',
      kind,
      parameters: deleteParameters,
      body: 'meta/v1.DeleteOptions',
      responses: { 200: gone, 202: gone },
    });
  }
  if (verbs.includes('patch')) {
    operations.push({
      method: 'patch',
      id: operationId(api, 'patch', described),
      description: `partially update ${what}`,
      action: 'patch',
      kind,
      parameters: patchParameters,
      body: '$patch',
      responses: { 200: typeId, 201: typeId },
    });
  }
  return operations;
}
