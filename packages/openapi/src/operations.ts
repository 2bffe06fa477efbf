import type { DescribedGroupVersion, DescribedPath } from './described-api.ts';
import { action, operationId } from './operation-names.ts';
import {
  collectionDeleteParameters,
  deleteParameters,
  listParameters,
  patchParameters,
  pretty,
  writeParameters,
  type Parameter,
} from './parameters.ts';

/** One HTTP operation on a path, told once for both dialects. */
export interface Operation {
  readonly method: 'get' | 'put' | 'post' | 'delete' | 'patch';
  readonly id: string;
  readonly description: string;
  /** Undefined for discovery. */
  readonly action?: string;
  readonly kind?: DescribedPath['kind'];
  readonly parameters: readonly Parameter[];
  /** A type by id; a patch is `meta/v1.Patch`. */
  readonly body?: string;
  readonly responses: Readonly<Record<number, string>>;
  /** Whether it speaks nothing but JSON. */
  readonly jsonOnly?: true;
  /** Whether it may answer with a stream of events. */
  readonly streams?: true;
}

/** A path of a group's version, and the kind of the resource that it is below. */
export interface OperatedPath extends DescribedPath {
  readonly api: DescribedGroupVersion;
  readonly parent: string;
}

type Verb = (path: OperatedPath) => Operation;

const patchBody = 'meta/v1.Patch';
const deleteBody = 'meta/v1.DeleteOptions';
const status = 'meta/v1.Status';
const events = 'meta/v1.WatchEvent';
const withPretty = (parameters: readonly Parameter[]): readonly Parameter[] => [
  ...parameters,
  pretty,
];
const subresourceOf = ({ path }: OperatedPath): string => path.split('/')[1] ?? '';

/** `the specified Pod`, `status of the specified Pod`. */
function what(path: OperatedPath): string {
  const subresource = subresourceOf(path);
  return `${subresource === '' ? '' : `${subresource} of `}the specified ${path.parent}`;
}

/** `an Endpoints`, `eviction of a Pod`. */
function one(path: OperatedPath): string {
  const subresource = subresourceOf(path);
  const article = /^[AEIOU]/.test(path.parent) ? 'an' : 'a';
  return `${subresource === '' ? '' : `${subresource} of `}${article} ${path.parent}`;
}

/** `acrossNamespaces`: of a list over all namespaces. */
export const list = (path: OperatedPath, acrossNamespaces = false): Operation => ({
  method: 'get',
  id: operationId(path, 'list', { acrossNamespaces }),
  description: `list or watch objects of kind ${path.parent}`,
  ...action(path, 'list'),
  parameters: withPretty(listParameters),
  responses: { 200: `${path.typeId}List` },
  streams: true,
});

export const watchList = (path: OperatedPath, acrossNamespaces = false): Operation => ({
  method: 'get',
  id: operationId(path, 'watch', { acrossNamespaces, isList: true }),
  description: `watch the changes of a list of ${path.parent}; deprecated: use the list's watch parameter`,
  ...action(path, 'watchlist'),
  parameters: withPretty(listParameters),
  responses: { 200: events },
  streams: true,
});

export const watchOne: Verb = (path) => ({
  method: 'get',
  id: operationId(path, 'watch'),
  description: `watch the changes of an object of kind ${path.parent}; deprecated: use the list's watch and fieldSelector parameters`,
  ...action(path, 'watch'),
  parameters: withPretty(listParameters),
  responses: { 200: events },
  streams: true,
});

export const create: Verb = (path) => ({
  method: 'post',
  id: operationId(path, 'create'),
  description: `create ${one(path)}`,
  ...action(path, 'post'),
  parameters: withPretty(writeParameters),
  body: path.typeId,
  responses: { 200: path.typeId, 201: path.typeId, 202: path.typeId },
});

export const deleteCollection: Verb = (path) => ({
  method: 'delete',
  id: operationId(path, 'deleteCollection'),
  description: `delete collection of ${path.parent}`,
  ...action(path, 'deletecollection'),
  parameters: withPretty(collectionDeleteParameters),
  body: deleteBody,
  responses: { 200: status },
});

export const read: Verb = (path) => ({
  method: 'get',
  id: operationId(path, 'read'),
  description: `read ${what(path)}`,
  ...action(path, 'get'),
  parameters: [pretty],
  responses: { 200: path.typeId },
});

export const replace: Verb = (path) => ({
  method: 'put',
  id: operationId(path, 'replace'),
  description: `replace ${what(path)}`,
  ...action(path, 'put'),
  parameters: withPretty(writeParameters),
  body: path.typeId,
  responses: { 200: path.typeId, 201: path.typeId },
});

/** The kinds whose deletion answers with what was deleted. */
const answered = new Set([
  'CSIDriver',
  'CSINode',
  'DeviceClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Pod',
  'PodTemplate',
  'ResourceClaim',
  'ResourceClaimTemplate',
  'ResourceQuota',
  'ResourceSlice',
  'Service',
  'ServiceAccount',
  'StorageClass',
  'VolumeAttachment',
  'VolumeAttributesClass',
]);

export const remove: Verb = (path) => {
  const gone = answered.has(path.parent) ? path.typeId : status;
  return {
    method: 'delete',
    id: operationId(path, 'delete'),
    description: `delete ${one(path)}`,
    ...action(path, 'delete'),
    parameters: withPretty(deleteParameters),
    body: deleteBody,
    responses: { 200: gone, 202: gone },
  };
};

export const patch: Verb = (path) => ({
  method: 'patch',
  id: operationId(path, 'patch'),
  description: `partially update ${what(path)}`,
  ...action(path, 'patch'),
  parameters: withPretty(patchParameters),
  body: patchBody,
  responses: { 200: path.typeId, 201: path.typeId },
});
