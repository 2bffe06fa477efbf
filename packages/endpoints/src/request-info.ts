import { booleanOf, integerOf } from './query-values.ts';
import { parseFieldSelector, parseLabelSelector } from '@keelson/api-machinery';

/** What a request is about, from its method and path. Behaviour: k8s.io/apiserver endpoints/request RequestInfo, v1.37. */
export interface RequestInfo {
  /** Whether it is about an API resource; else only `verb` and `path` say anything. */
  readonly isResourceRequest: boolean;
  /** Decoded, without the query. */
  readonly path: string;
  /** get, list, watch, create, update, patch, delete, deletecollection, proxy; the method in lower case for other paths. */
  readonly verb: string;
  /** `api` or `apis`. */
  readonly apiPrefix: string;
  readonly group: string;
  readonly version: string;
  /** A verb that the path says itself, the way that watches were asked for once: `watch`, `proxy` or nothing. */
  readonly verbInPath: string;
  readonly namespace: string;
  /** Whether the path goes through a namespace to the resource; its name may be empty. */
  readonly inNamespace: boolean;
  readonly resource: string;
  readonly subresource: string;
  /** Of the path; of a list or a watch that selects by name, that name: it is authorized by it. */
  readonly name: string;
  /** The path from the resource on. */
  readonly parts: readonly string[];
}

const none = {
  apiPrefix: '',
  group: '',
  version: '',
  verbInPath: '',
  namespace: '',
  inNamespace: false,
  resource: '',
  subresource: '',
  name: '',
  parts: [],
};
const verbs: Readonly<Record<string, string>> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
/** What follows a namespace's name without being a resource in it. */
const namespaceSubresources = new Set(['status', 'finalize']);

/** Parses the decoded path of a request; never throws. */
export function parseRequestInfo(
  method: string,
  path: string,
  query: URLSearchParams,
): RequestInfo {
  const other: RequestInfo = {
    ...none,
    isResourceRequest: false,
    path,
    verb: method.toLowerCase(),
  };
  const [apiPrefix = '', ...rest] = segmentsOf(path);
  if (apiPrefix !== 'api' && apiPrefix !== 'apis') return other;
  const group = apiPrefix === 'apis' ? (rest.shift() ?? '') : '';
  const [version = '', ...parts] = rest;
  const verbInPath = parts[0] === 'watch' || parts[0] === 'proxy' ? parts[0] : '';
  if (verbInPath !== '') parts.shift();
  if (parts.length === 0) return other;
  const place = withoutNamespace(parts);
  const [resource = '', name = '', subresource = ''] = place.parts;
  const base = { ...other, ...place, isResourceRequest: true, apiPrefix, group, version };
  const named = {
    ...base,
    verbInPath,
    resource,
    subresource: verbInPath === 'proxy' ? '' : subresource,
    name,
    verb: verbInPath || (verbs[method] ?? ''),
  };
  return name === '' ? { ...named, ...ofCollection(named.verb, query) } : named;
}

/** Slashes at the ends say nothing; an empty segment in between is one. */
function segmentsOf(path: string): string[] {
  const inner = path.replace(/^\/+/, '').replace(/(?<!\/)\/+$/, '');
  return inner === '' ? [] : inner.split('/');
}

function withoutNamespace(
  parts: readonly string[],
): Pick<RequestInfo, 'namespace' | 'inNamespace' | 'parts'> {
  if (parts[0] !== 'namespaces' || parts.length < 2)
    return { namespace: '', inNamespace: false, parts };
  const namespace = parts[1] ?? '';
  const inNamespace = parts.length > 2 && !namespaceSubresources.has(parts[2] ?? '');
  return { namespace, inNamespace, parts: inNamespace ? parts.slice(2) : parts };
}

function ofCollection(
  verb: string,
  query: URLSearchParams,
): { readonly verb: string; readonly name?: string } {
  if (verb === 'delete') return { verb: 'deletecollection' };
  if (verb !== 'get') return { verb };
  return {
    verb: booleanOf(query, 'watch') === true ? 'watch' : 'list',
    name: selectedName(query),
  };
}

/** A query that cannot be understood selects nothing: its list is refused later, and authorized as one of everything until then. */
function selectedName(query: URLSearchParams): string {
  const fields = query.get('fieldSelector');
  if (fields === null) return '';
  try {
    integerOf(query, 'timeoutSeconds');
    integerOf(query, 'limit');
    parseLabelSelector(query.get('labelSelector') ?? '');
    const name = parseFieldSelector(fields).exactValue('metadata.name') ?? '';
    return /[/%]/.test(name) || name === '.' || name === '..' ? '' : name;
  } catch {
    return '';
  }
}
