#!/usr/bin/env node
// Writes dist/descriptions.json: what each type and field is for, in Kubernetes' words (Apache-2.0, see NOTICE), from the declarations of
// kubernetes-models, which keep them as they are, and where it has none from those of @kubernetes/client-node, which leave out what refers to
// other types. Part of the build, not committed. Does nothing when it is there and newer than what it is made from.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(here, 'dist/descriptions.json');
const schemas = ['schema.json', 'unlisted.json'].map((name) => join(here, 'src/gen', name));
const installed = (name) => join(here, 'node_modules', name);
const client = installed('@kubernetes/client-node');
const models = installed('kubernetes-models');
const machinery = installed('@kubernetes-models/apimachinery');

const age = (file) => statSync(file).mtimeMs;
const sources = [
  ...schemas,
  fileURLToPath(import.meta.url),
  ...[client, models, machinery].map((folder) => join(folder, 'package.json')),
];
if (existsSync(target) && sources.every((source) => age(target) > age(source))) process.exit(0);

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const groups = readdirSync(models);

/** core/v1.Event is V1Event to client-node, or CoreV1Event where two groups have one of that name; version/Info is VersionInfo. */
function ofClient({ group, version, name }) {
  const names = [`${capital(group)}${capital(version)}${name}`, `${capital(version)}${name}`];
  return names.map((one) => join(client, 'dist/gen/models', `${one}.d.ts`));
}

/** rbac/v1.Role is in rbac.authorization.k8s.io/v1/Role to kubernetes-models; what belongs to no group has a package of its own. */
function ofModels({ group, version, name }) {
  if (version === '') return [join(machinery, group, `${name}.d.ts`)];
  if (group === 'meta') return [join(machinery, 'apis/meta', version, `${name}.d.ts`)];
  const folder = groups.find((one) => one === group || one.startsWith(`${group}.`));
  return [join(models, ...(group === 'core' ? [] : [folder ?? group]), version, `${name}.d.ts`)];
}

const linesOf = (comment) => comment.replace(/^\s*\*+ ?/gm, '').trim();
/** Here paragraphs were joined with two spaces: they are apart again. */
const textOfClient = (comment) =>
  linesOf(comment)
    .replace(/\\(["'])/g, '$1')
    .replace(/ {2}(?=\S)/g, '\n\n');
const textOfModels = (comment) =>
  linesOf(comment.replace(/^\s*\* @.*$/gm, '')).replace(/\\([*/])/g, '$1');

const packages = [
  {
    filesOf: ofClient,
    textOf: textOfClient,
    type: /\/\*\*((?:(?!\*\/)[^])*?)\*\/\s*export declare class/,
    fields: /\/\*\*((?:(?!\*\/)[^])*?)\*\/\s*'_?([^']+)'\??:/g,
  },
  {
    filesOf: ofModels,
    textOf: textOfModels,
    type: /\/\*\*((?:(?!\*\/)[^])*?)\*\/\s*export (?:interface|type)/,
    fields: /^ {4}\/\*\*((?:(?!\*\/)[^])*?)\*\/\n {4}"([^"]+)"\??:/gm,
  },
];

function described(id, { filesOf, textOf, type, fields }) {
  const { groups: parts } = /^(?<group>.*)\/(?:(?<version>.*)\.)?(?<name>\w+)$/.exec(id);
  const file = filesOf({ ...parts, version: parts.version ?? '' }).find((one) => existsSync(one));
  if (file === undefined) return {};
  const source = readFileSync(file, 'utf8');
  const own = type.exec(source)?.[1];
  const named = [...source.matchAll(fields)].map(([, comment, name]) => [name, textOf(comment)]);
  return { ...(own === undefined ? {} : { '': textOf(own) }), ...Object.fromEntries(named) };
}

const ids = schemas.flatMap((file) => Object.keys(JSON.parse(readFileSync(file, 'utf8'))));
/** What has no fields of its own, or belongs to no group. */
const unlisted = [
  'api/resource/Quantity',
  'meta/v1.FieldsV1',
  'meta/v1.MicroTime',
  'meta/v1.Patch',
  'meta/v1.Time',
  'runtime/RawExtension',
  'util/intstr/IntOrString',
  'version/Info',
];
// What stands later is kept.
const out = [...ids, ...unlisted].map((id) => [
  id,
  Object.assign({}, ...packages.map((source) => described(id, source))),
]);
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, JSON.stringify(Object.fromEntries(out)));
const count = out.filter(([, fields]) => Object.keys(fields).length > 0).length;
console.log(`descriptions of ${count} of ${out.length} types`);
