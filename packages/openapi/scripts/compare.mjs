#!/usr/bin/env node
// Compares the OpenAPI documents of two servers, descriptions aside: kube-apiserver's and ours. What only the reference serves (groups,
// resources, and the types that only these use) is left out, and counted.
// Usage: node scripts/compare.mjs REFERENCE OURS [--all]   (folders that lab/up made; --all prints every difference)
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [reference = '', ours = ''] = process.argv.slice(2);
const all = process.argv.includes('--all');

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

const index = get(ours, '/openapi/v3').paths;
const theirIndex = get(reference, '/openapi/v3').paths;
for (const name of Object.keys(index)) {
  if (theirIndex[name] === undefined) {
    console.log(`${name}: only ours`);
    total++;
    continue;
  }
  const document = (folder, { [name]: entry }) => get(folder, entry.serverRelativeURL);
  compare(name, document(reference, theirIndex), document(ours, index), 'components');
}
compare('v2', get(reference, '/openapi/v2'), get(ours, '/openapi/v2'), 'definitions');
console.log(`${total} differences`);
process.exitCode = total === 0 ? 0 : 1;
