import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { DescribedGroupVersion } from './described-api.ts';
import { OpenApiDocuments } from './documents.ts';

const standardVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update'];
const kindOf = (group: string, kind: string) => ({ group, version: 'v1', kind });

const core: DescribedGroupVersion = {
  group: '',
  version: 'v1',
  paths: [
    {
      path: 'configmaps',
      kind: kindOf('', 'ConfigMap'),
      typeId: 'core/v1.ConfigMap',
      namespaced: true,
      verbs: [...standardVerbs, 'watch'],
    },
    {
      path: 'namespaces/status',
      kind: kindOf('', 'Namespace'),
      typeId: 'core/v1.Namespace',
      namespaced: false,
      verbs: ['get', 'patch', 'update'],
    },
  ],
};
const apps: DescribedGroupVersion = {
  group: 'apps',
  version: 'v1',
  paths: [
    {
      path: 'controllerrevisions',
      kind: kindOf('apps', 'ControllerRevision'),
      typeId: 'apps/v1.ControllerRevision',
      namespaced: true,
      verbs: ['get'],
    },
  ],
};

interface Named {
  readonly name: string;
}
interface PathItem {
  readonly [method: string]: OperationItem;
}
interface OperationItem {
  readonly operationId?: string;
  readonly parameters?: readonly Named[];
  readonly responses?: Record<string, { readonly content?: object }>;
  readonly requestBody?: { readonly content: object };
}
interface Document {
  readonly paths: Record<string, PathItem>;
  readonly components: { readonly schemas: Record<string, { properties: object }> };
  readonly definitions: Record<string, object>;
}

const documents = () => new OpenApiDocuments([core, apps]);
const parsed = ({ bytes }: { readonly bytes: Uint8Array }): Document =>
  JSON.parse(Buffer.from(bytes).toString()) as Document;
const core3 = (): Document => {
  const document = documents().version3('api/v1');
  if (document === undefined) throw new Error('no document of the core group');
  return parsed(document);
};

describe('openapi documents', () => {
  const operations: readonly { name: string; path: string; method: string; id: string }[] = [
    {
      name: 'have lists in a namespace',
      path: '/api/v1/namespaces/{namespace}/configmaps',
      method: 'get',
      id: 'listCoreV1NamespacedConfigMap',
    },
    {
      name: 'have lists over all namespaces',
      path: '/api/v1/configmaps',
      method: 'get',
      id: 'listCoreV1ConfigMapForAllNamespaces',
    },
    {
      name: 'have deletions of a collection',
      path: '/api/v1/namespaces/{namespace}/configmaps',
      method: 'delete',
      id: 'deleteCoreV1CollectionNamespacedConfigMap',
    },
    {
      name: 'have objects',
      path: '/api/v1/namespaces/{namespace}/configmaps/{name}',
      method: 'patch',
      id: 'patchCoreV1NamespacedConfigMap',
    },
    {
      name: 'have watches, as they were before lists had them',
      path: '/api/v1/watch/namespaces/{namespace}/configmaps/{name}',
      method: 'get',
      id: 'watchCoreV1NamespacedConfigMap',
    },
    {
      name: 'have watches over all namespaces',
      path: '/api/v1/watch/configmaps',
      method: 'get',
      id: 'watchCoreV1ConfigMapListForAllNamespaces',
    },
    {
      name: 'have what a group version has',
      path: '/api/v1/',
      method: 'get',
      id: 'getCoreV1APIResources',
    },
    {
      name: 'have subresources of what is in no namespace',
      path: '/api/v1/namespaces/{name}/status',
      method: 'put',
      id: 'replaceCoreV1NamespaceStatus',
    },
  ];
  for (const { name, path, method, id } of operations) {
    it(name, () => {
      expect(core3().paths[path]?.[method]?.operationId).to.equal(id);
    });
  }

  it('have no operation that a path has no verb for', () => {
    const { paths } = core3();
    expect(Object.keys(paths['/api/v1/namespaces/{name}/status'] ?? {}).sort()).to.deep.equal([
      'get',
      'parameters',
      'patch',
      'put',
    ]);
  });

  it('say once what all operations of a path take', () => {
    const item = core3().paths['/api/v1/namespaces/{namespace}/configmaps/{name}'];
    const namesOf = (parameters: unknown) =>
      (parameters as readonly Named[]).map(({ name }) => name);
    expect(namesOf(item?.['parameters'])).to.deep.equal(['name', 'namespace', 'pretty']);
    expect(item?.['get']?.parameters).to.equal(undefined);
    expect(namesOf(item?.['put']?.parameters)).to.deep.equal([
      'dryRun',
      'fieldManager',
      'fieldValidation',
    ]);
  });

  it('name the media types of objects, of watches and of patches', () => {
    const { paths } = core3();
    const contentOf = (path: string) =>
      Object.keys(paths[path]?.['get']?.responses?.['200']?.content ?? {});
    expect(contentOf('/api/v1/namespaces/{namespace}/configmaps/{name}')).to.deep.equal([
      'application/json',
      'application/vnd.kubernetes.protobuf',
      'application/yaml',
    ]);
    expect(contentOf('/api/v1/configmaps')).to.include('application/json;stream=watch');
    const patch = paths['/api/v1/namespaces/{namespace}/configmaps/{name}']?.['patch'];
    expect(Object.keys(patch?.requestBody?.content ?? {})).to.include(
      'application/apply-patch+yaml',
    );
  });

  it('have the types that their operations carry, and the types of these', () => {
    expect(Object.keys(core3().components.schemas)).to.include.members([
      'io.k8s.api.core.v1.ConfigMap',
      'io.k8s.api.core.v1.ConfigMapList',
      'io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry',
      'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
      'io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent',
    ]);
  });

  it('say what types and fields are for, and of fields also what their types are for', () => {
    const described = (name: string) =>
      core3().components.schemas[`io.k8s.${name}`] as {
        description?: string;
        properties: Record<string, { description?: string }>;
      };
    const configMap = described('api.core.v1.ConfigMap');
    expect(configMap.description).to.match(/^ConfigMap holds configuration data/);
    expect(configMap.properties['metadata']?.description).to.match(/^Standard object's metadata/);
    const { description } = described('apimachinery.pkg.apis.meta.v1.ObjectMeta');
    expect(description).to.match(/^ObjectMeta is metadata that all persisted/);
    expect(described('apimachinery.pkg.apis.meta.v1.Time').description).to.match(/^Time is a wr/);
  });

  it('tell what the server is', () => {
    const document = documents().version3('version');
    const told = document === undefined ? undefined : parsed(document);
    expect(told).to.have.nested.property('paths./version/.get.operationId', 'getCodeVersion');
    expect(told?.components.schemas).to.have.all.keys('io.k8s.apimachinery.pkg.version.Info');
    expect(parsed(documents().version2()).paths['/version/']?.['get']).to.deep.include({
      consumes: ['application/json'],
      produces: ['application/json'],
    });
  });

  it('have all of a server in one document of version 2', () => {
    const { paths, definitions } = parsed(documents().version2());
    expect(Object.keys(paths)).to.include.members([
      '/api/v1/configmaps',
      '/apis/apps/v1/namespaces/{namespace}/controllerrevisions/{name}',
    ]);
    expect(definitions).to.include.keys('io.k8s.api.apps.v1.ControllerRevision');
  });

  it('are found through the index by their hashes', () => {
    const all = documents();
    const hash = all.version3('apis/apps/v1')?.hash;
    expect(all.index()).to.have.nested.property(
      'paths.apis/apps/v1.serverRelativeURL',
      `/openapi/v3/apis/apps/v1?hash=${hash}`,
    );
  });

  for (const name of ['api', 'apis', 'apis/apps'])
    it(`tell of groups: ${name}`, () => {
      const document = documents().version3(name);
      expect(document === undefined ? [] : Object.keys(parsed(document).paths)).to.deep.equal([
        `/${name}/`,
      ]);
    });

  it('keep their hashes as long as they say the same', () => {
    expect(documents().version2().hash).to.equal(documents().version2().hash);
  });

  it('are none for what is not served', () => {
    expect(documents().version3('apis/batch/v1')).to.equal(undefined);
  });
});
