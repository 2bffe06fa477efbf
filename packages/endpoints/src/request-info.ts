/** What a request is about, from its method and path. Behaviour: k8s.io/apiserver endpoints/request RequestInfo, v1.37. */
export interface RequestInfo {
  /** Whether it is about an API resource; else only `verb` and `path` say anything. */
  readonly isResourceRequest: boolean;
  readonly path: string;
  /** get, list, watch, create, update, patch, delete, deletecollection, proxy; the method in lower case for other paths. */
  readonly verb: string;
  /** `api` or `apis`. */
  readonly apiPrefix: string;
  readonly group: string;
  readonly version: string;
  readonly namespace: string;
  readonly resource: string;
  readonly subresource: string;
  readonly name: string;
  /** The path from the resource on. */
  readonly parts: readonly string[];
}

const none = {
  apiPrefix: '',
  group: '',
  version: '',
  namespace: '',
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

/** Parses a request's path; never throws. Segments are decoded. */
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
  if (parts.length === 0) return other;
  const prefixed = parts[0] === 'watch' || parts[0] === 'proxy' ? parts.shift() : undefined;
  if (parts.length === 0) return other;
  const { namespace, own } = withoutNamespace(parts);
  const [resource = '', named = '', subresource = ''] = own;
  const verb = prefixed ?? verbs[method] ?? '';
  const collection = named === '' && (verb === 'get' || verb === 'delete');
  return {
    isResourceRequest: true,
    path,
    verb: collection ? collectionVerb(verb, query) : verb,
    apiPrefix,
    group,
    version,
    namespace,
    resource,
    subresource: prefixed === 'proxy' ? '' : subresource,
    name: named === '' && collection && verb === 'get' ? selectedName(query) : named,
    parts: own,
  };
}

/** An escaped slash separates as a plain one does: no name has one. */
function segmentsOf(path: string): string[] {
  return decoded(path)
    .split('/')
    .filter((segment) => segment !== '');
}

/** What is no proper escape stays as it is: no name can be like that. */
function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function withoutNamespace(parts: readonly string[]): {
  readonly namespace: string;
  readonly own: readonly string[];
} {
  if (parts[0] !== 'namespaces' || parts.length < 2) return { namespace: '', own: parts };
  const namespace = parts[1] ?? '';
  const inside = parts.length > 2 && !namespaceSubresources.has(parts[2] ?? '');
  return { namespace, own: inside ? parts.slice(2) : parts };
}

function collectionVerb(verb: string, query: URLSearchParams): string {
  if (verb === 'delete') return 'deletecollection';
  return isTrue(query.get('watch')) ? 'watch' : 'list';
}

/** Booleans in queries: absent, empty, `0` and `false` are false; anything else is true. */
export function isTrue(value: string | null): boolean {
  return value !== null && !['', '0', 'false', 'False', 'FALSE', 'f', 'F'].includes(value);
}

/** A list of the one object with a name is authorized by that name. */
function selectedName(query: URLSearchParams): string {
  const match = /(?:^|,)metadata\.name==?([^,=!\\]+)(?:,|$)/.exec(query.get('fieldSelector') ?? '');
  const name = match?.[1] ?? '';
  return name.includes('/') || name.includes('%') || name === '.' || name === '..' ? '' : name;
}
