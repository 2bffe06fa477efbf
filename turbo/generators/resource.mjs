// What a new resource package consists of, as texts, and what the server's own files become when they serve it. Pure: config.mjs asks
// and writes, a test in test/workspace compiles and runs what comes out.
import { apiGroups } from './api-groups.mjs';

/** English plurals, as far as kinds need them. */
function pluralOf(kind) {
  if (/(s|x|ch|sh)$/.test(kind)) return kind.endsWith('points') ? kind : `${kind}es`;
  return /[^aeiou]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

/** What is written again and again: `LimitRange` → `limitranges`, `limitRanges`, its package. */
export function namesOf({ group, kind }) {
  const folder = kind.toLowerCase();
  return {
    folder,
    plural: pluralOf(kind).toLowerCase(),
    value: pluralOf(kind[0].toLowerCase() + kind.slice(1)),
    package: `@keelson/registry-${group}-${folder}`,
    /** As the API calls the group. */
    groupName: apiGroups[group]?.name ?? group,
  };
}

/** What is wrong with the answers to the generator's questions; undefined when nothing is. */
export function problemWith({ group, version, kind }) {
  if (!Object.hasOwn(apiGroups, group))
    return `${group} is no group: ${Object.keys(apiGroups).join(', ')}`;
  if (!/^v\d+((alpha|beta)\d+)?$/.test(version)) return `${version} is no version`;
  return /^[A-Z][A-Za-z]+$/.test(kind) ? undefined : `${kind} is no kind: LimitRange, Lease, …`;
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** The files of the package, by their paths below its folder. */
export function resourceFiles(answers) {
  return {
    'package.json': json(manifest(answers)),
    'README.md': readme(answers),
    'src/index.ts': declaration(answers),
    [`src/${namesOf(answers).folder}.test.ts`]: test(answers),
  };
}

function manifest(answers) {
  const { folder, package: name } = namesOf(answers);
  const versions = (names, version) => Object.fromEntries(names.map((one) => [one, version]));
  return {
    name,
    version: '0.1.0',
    description: `The ${folder} resource of the ${answers.group} API group.`,
    license: 'Apache-2.0',
    files: ['dist', '!dist/**/*.test.*', '!dist/.tsbuildinfo'],
    type: 'module',
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    scripts: { test: "mocha 'dist/**/*.test.js'" },
    dependencies: versions(['@keelson/generic-registry', '@keelson/kubernetes-api'], 'workspace:*'),
    devDependencies: versions(
      ['@types/chai', '@types/mocha', '@types/node', 'chai', 'mocha'],
      'catalog:',
    ),
    engines: { node: '>=22.12' },
  };
}

function readme(answers) {
  const { plural, value, package: name, groupName } = namesOf(answers);
  return `# ${name}

The \`${plural}\` resource: what is special about it, and nothing else.

## Use

\`\`\`ts
import type { ApiGroup } from '@keelson/generic-registry';
import { ${value} } from '${name}';

export const ${answers.group}: ApiGroup = { group: '${groupName}', version: '${answers.version}', resources: [${value}] };
\`\`\`

## Contract

- The resource contract of \`@keelson/generic-registry/testing\`.

## Design notes

Behaviour: k8s.io/kubernetes \`pkg/registry/${answers.group}/${namesOf(answers).folder}\`, v1.37.
`;
}

function declaration(answers) {
  const { group, version, kind, namespaced } = answers;
  const { folder, plural, value } = namesOf(answers);
  return `import type { Resource } from '@keelson/generic-registry';
import type { ${kind} } from '@keelson/kubernetes-api/${group}/${version}';

/** The complete resource. Behaviour: k8s.io/kubernetes pkg/registry/${group}/${folder}, v1.37. */
export const ${value}: Resource<${kind}> = {
  kind: '${kind}',
  typeId: '${group}/${version}.${kind}',
  plural: '${plural}',
  strategy: { namespaced: ${namespaced} },
};
`;
}

function test(answers) {
  const { value, plural } = namesOf(answers);
  return `import { describeResourceContract, ResourceFixture } from '@keelson/generic-registry/testing';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ${value} } from './index.ts';

describeResourceContract(${value}, { valid: () => ({ metadata: { name: 'one' } }) });

describe('What is wrong with new ${plural}', () => {
  type Row = readonly [what: string, body: Record<string, unknown>, problems: readonly string[]];
  const rows: readonly Row[] = [['nothing', {}, []]];
  for (const [what, body, problems] of rows) {
    it(\`is said of \${what}\`, async () => {
      await using fixture = await ResourceFixture.open(${value});
      expect((await fixture.create(body)).problems).to.deep.equal(problems);
    });
  }
});
`;
}

/** The app's package.json when it depends on the resource, too. */
export function withDependency(text, answers) {
  const whole = JSON.parse(text);
  const dependencies = { ...whole.dependencies, [namesOf(answers).package]: 'workspace:*' };
  whole.dependencies = Object.fromEntries(
    Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return json(whole);
}

/** The group's file when it lists the resource; a new one when there is none. */
export function withResource(text, answers) {
  const { value, package: name, groupName } = namesOf(answers);
  const { group, version } = answers;
  const line = `import { ${value} } from '${name}';\n`;
  if (text === undefined)
    return `import type { ApiGroup } from '@keelson/generic-registry';
${line}
/** The group \`${groupName}\`, \`${version}\`. */
export const ${group}: ApiGroup = { group: '${groupName}', version: '${version}', resources: [${value}] };
`;
  const imports = text.match(/^import [^;]*;\n/gm) ?? [];
  const from = (one) => /from '([^']+)'/.exec(one)?.[1] ?? '';
  const next = imports.find((one) => from(one).startsWith('.') || from(one) > name);
  const imported =
    next === undefined
      ? text.replace(/^(import [^;]*;\n)+/m, (all) => all + line)
      : text.replace(next, line + next);
  return imported.replace(
    /(\bresources: \[)([^\]]*?),?(\s*\])/,
    (_, open, listed, close) => `${open}${listed}, ${value}${close}`,
  );
}

/** The list of groups when it has the group. */
export function withGroup(text, { group }) {
  if (text.includes(`from './${group}.ts'`)) return text;
  const { priority } = apiGroups[group];
  const shown = String(priority).replace(/(\d)(\d{3})$/, '$1_$2');
  return text
    .replace(/^(import \{ \w+ \} from '\.\/)/m, `import { ${group} } from './${group}.ts';\n$1`)
    .replace(/\n {2}\];\n\}/, `\n    { ...${group}, priority: ${shown} },\n  ];\n}`);
}
