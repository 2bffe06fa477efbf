// pnpm turbo gen resource: writes a working resource package with its test, and has the server serve it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  namesOf,
  problemWith,
  resourceFiles,
  withDependency,
  withGroup,
  withResource,
} from './resource.mjs';

const app = 'apps/apiserver';

/** Writes the package and the lines that serve it; what is to be done then. */
function write(answers) {
  const { root } = answers.turbo.paths;
  const problem = problemWith(answers);
  if (problem !== undefined) throw new Error(problem);
  const folder = `packages/registry/${answers.group}/${namesOf(answers).folder}`;
  if (existsSync(join(root, folder))) throw new Error(`${folder} is there already`);
  const read = (file) =>
    existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined;
  const groups = `${app}/src/api-groups`;
  const files = {
    ...Object.fromEntries(
      Object.entries(resourceFiles(answers)).map(([file, text]) => [`${folder}/${file}`, text]),
    ),
    [`${app}/package.json`]: withDependency(read(`${app}/package.json`), answers),
    [`${groups}/${answers.group}.ts`]: withResource(read(`${groups}/${answers.group}.ts`), answers),
    [`${groups}/index.ts`]: withGroup(read(`${groups}/index.ts`), answers),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const programs = join(root, 'node_modules/.bin');
  execFileSync(join(programs, 'oxfmt'), Object.keys(files), {
    cwd: root,
    env: { ...process.env, PATH: `${programs}:${process.env.PATH}` },
    shell: process.platform === 'win32',
  });
  return `${folder} is written and served. Next: pnpm install && pnpm run packages && pnpm build`;
}

/** @param {import('@turbo/gen').PlopTypes.NodePlopAPI} plop */
export default function generator(plop) {
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
    actions: [write],
  });
}
