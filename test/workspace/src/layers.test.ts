import { expect } from 'chai';
import { describe, it } from 'mocha';
import { publishedPackages } from './packages.ts';
import { importsOf, sourcesOf } from './source-files.ts';

/** From the bottom up. A package may depend on packages of lower rows only, and on those of its own row that stand before it. */
const layers: readonly (readonly string[])[] = [
  ['api-machinery', 'storage-backend'],
  ['kubernetes-api'],
  ['serialization', 'patch', 'field-management', 'openapi'],
  ['storage', 'rest-interfaces'],
  ['admission', 'authentication', 'authorization'],
  ['generic-registry'],
  ['registry'],
  ['endpoints'],
  ['server'],
  ['apiserver'],
];

/** What a layer must not know although it stands below: decoupling is the point of the interfaces. */
const forbidden: readonly { readonly from: RegExp; readonly to: RegExp; readonly why: string }[] = [
  {
    from: /^(endpoints|server)$/,
    to: /^(generic-registry|storage|storage-backend|registry-.*)$/,
    why: 'endpoints know REST interfaces, not who implements them',
  },
  {
    from: /^(rest-interfaces)$/,
    to: /^(storage|storage-backend)$/,
    why: 'the interfaces know no storage',
  },
  {
    from: /^storage$/,
    to: /^(rest-interfaces|kubernetes-api|serialization)$/,
    why: 'storage knows bytes, keys and revisions',
  },
];

/** What only some packages may import, besides their tests. */
const reserved: readonly { readonly what: RegExp; readonly to: RegExp }[] = [
  { what: /^(koa|@koa\/.*)$/, to: /^packages\/server$/ },
  // Only apps know both backends and resources; packages know the contract.
  { what: /^@keelson\/storage-backend\/(memory|embedded|etcd3)$/, to: /^apps\// },
];

const short = (name: string): string => name.replace('@keelson/', '');
const layerOf = (name: string): number =>
  layers.findIndex(
    (row) => row.includes(short(name)) || (name.includes('registry-') && row.includes('registry')),
  );

describe('the layers', () => {
  const packages = publishedPackages();

  for (const { manifest } of packages) {
    it(`hold for ${manifest.name}`, () => {
      const own = layerOf(manifest.name);
      expect(own, `${manifest.name} stands in no layer: add it to the table`).to.be.greaterThan(-1);
      const upwards = Object.keys(manifest.dependencies ?? {})
        .filter((name) => name.startsWith('@keelson/'))
        .filter((name) => !isBelow(name, manifest.name));
      expect(upwards).to.deep.equal([]);
    });

    it(`keep what ${manifest.name} must not know away from it`, () => {
      const found = forbidden
        .filter(({ from }) => from.test(short(manifest.name)))
        .flatMap(({ to }) =>
          Object.keys(manifest.dependencies ?? {}).filter(
            (name) => name.startsWith('@keelson/') && to.test(short(name)),
          ),
        );
      expect(found).to.deep.equal([]);
    });
  }

  for (const { folder, manifest } of packages) {
    it(`keep HTTP frameworks and storage engines from ${manifest.name}`, () => {
      const found = sourcesOf(folder).flatMap((file) =>
        importsOf(file)
          .filter((name) => reserved.some(({ what, to }) => what.test(name) && !to.test(folder)))
          .map((name) => `${file.path} imports ${name}`),
      );
      expect(found).to.deep.equal([]);
    });
  }

  function isBelow(dependency: string, dependent: string): boolean {
    const [a, b] = [layerOf(dependency), layerOf(dependent)];
    if (a !== b) return a !== -1 && a < b;
    // Resources may use each other (a deployment's template is a pod's); the build refuses circles.
    if (dependency.includes('registry-')) return true;
    const row = layers[a] ?? [];
    return row.indexOf(short(dependency)) < row.indexOf(short(dependent));
  }
});
