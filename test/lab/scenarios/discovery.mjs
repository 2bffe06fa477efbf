/* oxlint-disable max-lines-per-function, import/no-default-export -- a page of calls, in the form that lab/diff takes */
// Discovery, OpenAPI's outlines, versions and health, as far as they are about what both servers serve.
const groups = ['', 'apps', 'policy', 'autoscaling'];
const served = new Set([
  'configmaps',
  'secrets',
  'namespaces',
  'serviceaccounts',
  'nodes',
  'events',
  'endpoints',
  'services',
  'pods',
  'bindings',
  'deployments',
  'poddisruptionbudgets',
]);
/** The subresources that are streams or tokens have issues of their own. */
const later = /\/(proxy|log|exec|attach|portforward|token)\b/;
const isServed = (name) => served.has(name.split('/')[0]) && !later.test(name);
const aggregated = (version) => ({
  accept: `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList,application/json`,
});
const schemas = (document) => document?.components?.schemas ?? document?.definitions ?? {};
const ofServed = (path) =>
  served.has(
    path
      .replace('/namespaces/{namespace}/', '/')
      .split('/')
      .filter((part) => part !== 'watch')[path.startsWith('/api/') ? 3 : 4],
  );

export default async (call) => {
  await call('legacy versions', 'GET', '/api');
  const all = await call('~groups', 'GET', '/apis');
  call.derived(
    'groups',
    (all.body.groups ?? []).filter(({ name }) => groups.includes(name) && name !== 'autoscaling'),
  );
  for (const path of ['/apis/apps', '/apis/policy', '/apis/none', '/apis/apps/v2'])
    await call(`group ${path}`, 'GET', path);
  for (const path of ['/api/v1', '/apis/apps/v1', '/apis/policy/v1']) {
    const { status, headers, body } = await call(`~resources of ${path}`, 'GET', path);
    const { resources = [], ...rest } = body;
    const kept = resources.filter(({ name }) => isServed(name));
    call.derived(`resources of ${path}`, {
      status,
      type: headers['content-type'],
      rest,
      names: kept.map(({ name }) => name),
    });
    for (const resource of kept)
      call.derived(`${path}: ${resource.name}`, { ...resource, hash: resource.storageVersionHash });
  }
  for (const path of ['/api', '/apis'])
    for (const version of ['v2', 'v2beta1', 'v1']) {
      const { status, headers, body } = await call(
        `~aggregated ${path} ${version}`,
        'GET',
        path,
        undefined,
        aggregated(version),
      );
      const { items = [], ...rest } = body;
      call.derived(`aggregated ${path} ${version}`, {
        status,
        type: headers['content-type'],
        vary: headers.vary,
        etag: typeof headers.etag,
        rest: 'items' in body ? rest : Object.keys(rest),
      });
      for (const item of items.filter(
        ({ metadata }) => groups.includes(metadata?.name ?? '') && metadata?.name !== 'autoscaling',
      ))
        for (const one of item.versions) {
          call.derived(`aggregated ${path} ${version} ${item.metadata?.name} ${one.version}`, {
            metadata: item.metadata,
            ...one,
            resources: undefined,
          });
          for (const resource of one.resources.filter(({ resource: name }) => served.has(name)))
            call.derived(`aggregated ${version} ${resource.resource}`, {
              ...resource,
              subresources: (resource.subresources ?? []).filter(
                ({ subresource }) => !later.test(`/${subresource}`),
              ),
            });
        }
      if (headers.etag === undefined) continue;
      const again = await call(`~aggregated ${path} ${version} again`, 'GET', path, undefined, {
        ...aggregated(version),
        'if-none-match': headers.etag,
      });
      call.derived(`aggregated ${path} ${version} when it is known`, {
        status: again.status,
        body: again.body,
      });
    }
  const index = await call('~OpenAPI index', 'GET', '/openapi/v3');
  const paths = index.body.paths ?? {};
  call.derived(
    'OpenAPI index',
    Object.keys(paths).filter((path) =>
      ['api/v1', 'apis/apps/v1', 'apis/policy/v1'].includes(path),
    ),
  );
  for (const path of [
    '/openapi/v2',
    '/openapi/v3/api/v1',
    '/openapi/v3/apis/apps/v1',
    '/openapi/v3/apis/policy/v1',
  ]) {
    const { status, headers, body } = await call(`~${path}`, 'GET', path);
    const { paths: found = {}, components: _, definitions: __, ...rest } = body;
    call.derived(path, {
      status,
      type: headers['content-type'],
      etag: typeof headers.etag,
      rest: Object.keys(rest).filter((key) => key !== 'parameters'),
    });
    const mine = Object.keys(found)
      .filter(
        (one) =>
          ofServed(one) &&
          (path !== '/openapi/v2' || /^\/(api\/v1|apis\/(apps|policy)\/v1)\//.test(one)) &&
          !later.test(one),
      )
      .sort();
    call.derived(`${path}: paths`, mine);
    for (const one of mine) {
      const { parameters: ___, ...methods } = found[one];
      call.derived(
        `${path}: ${one}`,
        Object.fromEntries(
          Object.entries(methods).map(([method, operation]) => [
            method,
            {
              id: operation.operationId,
              action: operation['x-kubernetes-action'],
              kind: operation['x-kubernetes-group-version-kind'],
              tags: operation.tags,
              codes: Object.keys(operation.responses ?? {}),
            },
          ]),
        ),
      );
    }
    for (const name of ['ConfigMap', 'Pod', 'PodSpec', 'Service', 'Node']
      .map((kind) => `io.k8s.api.core.v1.${kind}`)
      .concat('io.k8s.api.apps.v1.Deployment', 'io.k8s.api.policy.v1.PodDisruptionBudget')) {
      const schema = schemas(body)[name];
      call.derived(
        `${path}: ${name}`,
        schema && {
          keys: Object.keys(schema).sort(),
          properties: Object.keys(schema.properties ?? {}),
          required: schema.required,
          kinds: schema['x-kubernetes-group-version-kind'],
        },
      );
    }
  }
  for (const path of [
    '/openapi/v3/apis/none/v1',
    '/openapi/v3/nothing',
    '/openapi',
    '/openapi/v2/x',
  ])
    await call(path, 'GET', path);
  for (const path of [
    '/version',
    '/version/',
    '/healthz',
    '/livez',
    '/readyz',
    '/healthz/ping',
    '/livez/ping',
    '/readyz/ping',
    '/healthz/none',
    '/livez/none',
    '/readyz/none',
    '/readyz?exclude=ping',
    '/readyz?exclude=none',
    '/healthz/etcd',
    '/readyz/etcd',
    '/readyz/shutdown',
    '/livez/log',
    '/healthz/',
  ])
    for (const headers of [undefined, { anonymous: true }])
      await call(`${path}${headers ? ' anonymously' : ''}`, 'GET', path, undefined, headers);
  for (const path of ['/healthz', '/livez', '/readyz']) {
    const { status, headers, body } = await call(`~${path}, verbose`, 'GET', `${path}?verbose`);
    const lines = String(body).split('\n');
    const known = lines.filter(
      (line) =>
        !/poststarthook|informer-sync|aggregat|apiservice|autoregister|kms|loopback/.test(line),
    );
    call.derived(`${path}, verbose`, { status, type: headers['content-type'], known });
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])
    for (const path of ['/healthz', '/version']) await call(`${method} ${path}`, method, path);
};
