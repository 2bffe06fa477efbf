#!/usr/bin/env node
// Compares the OpenAPI documents of two servers, descriptions aside: kube-apiserver's and ours. What only the reference serves (groups,
// resources, and the types that only these use) is left out, and counted.
// Without OURS, the documents are made of what the reference's discovery says: all that it serves, whether we do or not.
// Usage: node scripts/compare.mjs REFERENCE [OURS] [--all] [--descriptions]   (folders that lab/up made; --all prints every difference;
//   --descriptions counts the types and fields of version 3 whose descriptions are the same, are others, or are missing, and names them)
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { kindSchema } from '@keelson/kubernetes-api';
import { OpenApiDocuments } from '../dist/index.js';

const {
  values: { all, descriptions },
  positionals: [reference = '', ours],
} = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean' }, descriptions: { type: 'boolean' } },
});

function get(folder, path) {
  const server = /https:\/\/127\.0\.0\.1:\d+/.exec(
    readFileSync(join(folder, 'kubeconfig'), 'utf8'),
  )[0];
  const file = (name) => join(folder, 'pki', name);
  const curl = [
    '-sf',
    '--cacert',
    file('ca.crt'),
    '--cert',
    file('admin.crt'),
    '--key',
    file('admin.key'),
  ];
  return JSON.parse(
    execFileSync('curl', [...curl, `${server}${path}`], { encoding: 'utf8', maxBuffer: 1 << 28 }),
  );
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Descriptions are words: `description` is left out wherever it is not the name of a property. */
function plain(value, named = false) {
  if (Array.isArray(value)) return value.map((one) => plain(one));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, content]) => named || key !== 'description' || typeof content !== 'string')
      .map(([key, content]) => [key, plain(content, !named && key === 'properties')]),
  );
}

function differences(a, b, path, found) {
  if (a === b) return;
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      differences(a[key], b[key], [...path, key], found);
  } else if (Array.isArray(a) && Array.isArray(b) && a.length === b.length)
    a.forEach((one, index) => differences(one, b[index], [...path, index], found));
  else found.push({ path, a, b });
}

/** Version 2 tells some parameters once, under names that are hashes of their descriptions: they are put where they belong. */
function withParameters(document) {
  const { parameters = {}, ...rest } = document;
  const inPlace = (value) => {
    if (Array.isArray(value)) return value.map(inPlace);
    if (!isObject(value)) return value;
    const name = /^#\/parameters\/(.*)$/.exec(value.$ref ?? '')?.[1];
    if (name !== undefined) return parameters[name];
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inPlace(one)]));
  };
  return inPlace(rest);
}

const short = (value) => (value === undefined ? 'absent' : JSON.stringify(value).slice(0, 160));
let total = 0;

/** `place`: where a document keeps its types. */
function compare(name, a, b, place) {
  const [theirs, mine] = [plain(withParameters(a)), plain(withParameters(b))];
  const paths = Object.keys(mine.paths);
  const missing = Object.keys(theirs.paths).filter((path) => mine.paths[path] === undefined);
  const types = (document) =>
    place === 'definitions' ? document.definitions : document.components.schemas;
  const missingTypes = Object.keys(types(theirs)).filter((type) => types(mine)[type] === undefined);
  for (const path of missing) delete theirs.paths[path];
  for (const type of missingTypes) delete types(theirs)[type];
  const found = [];
  differences(theirs, mine, [], found);
  total += found.length;
  console.log(
    `${name}: ${found.length} differences in ${paths.length} paths and ${Object.keys(types(mine)).length} types; only the reference has ${missing.length} paths and ${missingTypes.length} types`,
  );
  for (const { path, a: x, b: y } of all ? found : found.slice(0, 12))
    console.log(`  ${path.join(' › ')}: ${short(x)} but ours ${short(y)}`);
}

/** What a server says of itself. */
function served(folder) {
  const { paths } = get(folder, '/openapi/v3');
  return {
    names: Object.keys(paths),
    version3: (name) => paths[name] && get(folder, paths[name].serverRelativeURL),
    version2: () => get(folder, '/openapi/v2'),
  };
}

/** What we would say of all that a server has. */
function possible(folder) {
  const groupVersions = get(folder, '/apis').groups.flatMap(({ versions }) =>
    versions.map(({ groupVersion }) => `/apis/${groupVersion}`),
  );
  const apis = ['/api/v1', ...groupVersions].map((path) => apiOf(get(folder, path)));
  const documents = new OpenApiDocuments(apis);
  const parsed = (document) => document && JSON.parse(Buffer.from(document.bytes).toString());
  return {
    names: Object.keys(documents.index().paths),
    version3: (name) => parsed(documents.version3(name)),
    version2: () => parsed(documents.version2()),
  };
}

function apiOf({ groupVersion, resources }) {
  const [version, group = ''] = groupVersion.split('/').reverse();
  const paths = resources.map(({ name, kind, namespaced, verbs, ...own }) => {
    const of = own.version === undefined ? { group, version } : { group: '', ...own };
    const gvk = { group: of.group, version: of.version, kind };
    const typeId = kindSchema(gvk)?.id;
    if (typeId === undefined) throw new Error(`${name} is of a kind that nobody knows`);
    return { path: name, kind: gvk, typeId, namespaced, verbs };
  });
  return { group, version, paths };
}

/** What is said of each type and field of a document, by the type's name and the field's. */
const described = new Map();
function addDescriptions(a, b) {
  for (const [name, mine] of Object.entries(b.components.schemas)) {
    const theirs = a.components.schemas[name] ?? {};
    described.set(name, [theirs.description, mine.description]);
    for (const [field, { description }] of Object.entries(mine.properties ?? {}))
      described.set(`${name} › ${field}`, [theirs.properties?.[field]?.description, description]);
  }
}

function tellDescriptions() {
  const found = { same: [], other: [], missing: [], ours: [] };
  for (const [name, [a, b]] of described) {
    if (a === b) found.same.push(name);
    else found[a === undefined ? 'ours' : b === undefined ? 'missing' : 'other'].push(name);
  }
  const { same, other, missing } = found;
  console.log(
    `descriptions: ${same.length} same, ${other.length} others, ${missing.length} missing, ${found.ours.length} only ours`,
  );
  for (const kind of ['other', 'missing', 'ours'])
    for (const name of found[kind]) console.log(`  ${kind}: ${name}`);
}

const theirs = served(reference);
const mine = ours === undefined ? possible(reference) : served(ours);
for (const name of mine.names) {
  const expected = theirs.version3(name);
  if (expected !== undefined) {
    compare(name, expected, mine.version3(name), 'components');
    if (descriptions) addDescriptions(expected, mine.version3(name));
  } else {
    console.log(`${name}: only ours`);
    total++;
  }
}
compare('v2', theirs.version2(), mine.version2(), 'definitions');
if (descriptions) tellDescriptions();
console.log(`${total} differences`);
process.exitCode = total === 0 ? 0 : 1;
