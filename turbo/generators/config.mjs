// pnpm turbo gen resource: writes a working resource package with its test.

/** `networkpolicies`, `Leases` → what the templates need. */
const irregular = (kind) =>
  /(s|x|ch|sh)$/.test(kind)
    ? `${kind}es`
    : /[^aeiou]y$/.test(kind)
      ? `${kind.slice(0, -1)}ies`
      : `${kind}s`;

/** @param {import('@turbo/gen').PlopTypes.NodePlopAPI} plop */
export default function generator(plop) {
  plop.setHelper('plural', (kind) => irregular(kind).toLowerCase());
  plop.setHelper('value', (kind) => irregular(kind[0].toLowerCase() + kind.slice(1)));
  plop.setHelper('folder', (kind) => kind.toLowerCase());
  const to = 'packages/registry/{{group}}/{{folder kind}}';
  plop.setGenerator('resource', {
    description: 'A resource package: its declaration and a test that runs the resource contract',
    prompts: [
      {
        type: 'input',
        name: 'group',
        message: 'Group, as in @keelson/kubernetes-api (core, apps, coordination …):',
        default: 'core',
      },
      { type: 'input', name: 'version', message: 'Version:', default: 'v1' },
      { type: 'input', name: 'kind', message: 'Kind (LimitRange, Lease …):' },
      {
        type: 'confirm',
        name: 'namespaced',
        message: 'Does it live in namespaces?',
        default: true,
      },
    ],
    actions: [
      {
        type: 'add',
        path: `{{turbo.paths.root}}/${to}/package.json`,
        templateFile: 'templates/package.json.hbs',
      },
      {
        type: 'add',
        path: `{{turbo.paths.root}}/${to}/README.md`,
        templateFile: 'templates/README.md.hbs',
      },
      {
        type: 'add',
        path: `{{turbo.paths.root}}/${to}/src/index.ts`,
        templateFile: 'templates/index.ts.hbs',
      },
      {
        type: 'add',
        path: `{{turbo.paths.root}}/${to}/src/index.test.ts`,
        templateFile: 'templates/index.test.ts.hbs',
      },
      () =>
        'Next: pnpm install && pnpm run packages, then add the resource to its group in apps/apiserver/src/api-groups.',
    ],
  });
}
