#!/usr/bin/env node
// Writes the types of k8s.io/api and of meta/v1 that OpenAPI does not describe, from Go's structs alone (the order of fields, their JSON
// and protobuf tags): src/gen/unlisted.json has those that a server needs (discovery, options, metadata alone), and
// src/gen/other-versions.json all others (older and newer versions of kinds, reviews).
// Usage: node scripts/other-versions.mjs  (needs the modules k8s.io/{api,apimachinery} in Go's module cache)
//        node scripts/other-versions.mjs --compare  prints where Go's structs and src/gen/schema.json differ
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = 'v0.37.2';
const modules = join(
  execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim(),
  'k8s.io',
);
const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const schema = JSON.parse(readFileSync(join(here, 'src/gen/schema.json'), 'utf8'));

const meta = 'k8s.io/apimachinery/pkg/apis/meta/v1';
const scalars = {
  [`${meta}.Time`]: 'time',
  [`${meta}.MicroTime`]: 'microtime',
  [`${meta}.FieldsV1`]: 'fieldsv1',
  'k8s.io/apimachinery/pkg/runtime.RawExtension': 'raw',
  'k8s.io/apimachinery/pkg/util/intstr.IntOrString': 'intorstring',
  'k8s.io/apimachinery/pkg/api/resource.Quantity': 'quantity',
  'k8s.io/apimachinery/pkg/types.UID': 'string',
  'k8s.io/apimachinery/pkg/types.NodeName': 'string',
  'k8s.io/apimachinery/pkg/types.NamespacedName': 'string',
};
const structScalars = new Set(['time', 'microtime', 'fieldsv1', 'raw', 'intorstring', 'quantity']);
const basic = {
  string: 'string',
  bool: 'boolean',
  int32: 'int32',
  int64: 'int64',
  float64: 'double',
  byte: 'byte',
  'interface{}': 'json',
};

const folderOf = (pkg) =>
  pkg.startsWith('k8s.io/api/')
    ? join(modules, `api@${version}`, pkg.slice('k8s.io/api/'.length))
    : join(modules, `apimachinery@${version}`, pkg.slice('k8s.io/apimachinery/'.length));
const fileOf = (pkg) => (pkg === meta ? 'meta/v1' : pkg.slice('k8s.io/api/'.length));

/** A package's structs and other named types, and its group. */
const packages = new Map();
function packageOf(pkg) {
  if (packages.has(pkg)) return packages.get(pkg);
  const found = { structs: new Map(), named: new Map(), group: undefined };
  packages.set(pkg, found);
  const folder = folderOf(pkg);
  for (const file of readdirSync(folder).filter(
    (name) => name.endsWith('.go') && !/_test\.go$|^zz_|generated/.test(name),
  ))
    readGoFile(found, readFileSync(join(folder, file), 'utf8'));
  return found;
}

function readGoFile(found, text) {
  const source = text.replace(/\/\*[\s\S]*?\*\//g, '');
  const group = /const GroupName = "([^"]*)"/.exec(source)?.[1];
  if (group !== undefined) found.group = group;
  const imports = new Map();
  for (const [, block] of source.matchAll(/^import \(([\s\S]*?)^\)/gm))
    for (const [, alias, path] of block.matchAll(/^\s*(\w+)?\s*"([^"]+)"/gm))
      imports.set(alias ?? path.split('/').at(-1), path);
  for (const [, alias, path] of source.matchAll(/^import (\w+)?\s*"([^"]+)"/gm))
    imports.set(alias ?? path.split('/').at(-1), path);
  for (const [, name, body] of source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm))
    found.structs.set(name, { imports, fields: fieldsOfBody(body) });
  for (const [, name] of source.matchAll(/^type (\w+) struct ?\{ *\}/gm))
    found.structs.set(name, { imports, fields: [] });
  for (const [, name, type] of source.matchAll(/^type (\w+) =? ?([\w.[\]*]+)$/gm))
    if (type !== 'struct' && type !== 'interface') found.named.set(name, { imports, type });
}

function fieldsOfBody(body) {
  const fields = [];
  let listType;
  for (const line of body.split('\n').map((one) => one.trim())) {
    if (line.startsWith('//')) {
      listType = /^\/\/ ?\+listType=(\w+)/.exec(line)?.[1] ?? listType;
      continue;
    }
    const tag = /`([^`]*)`/.exec(line)?.[1] ?? '';
    const [first, second] = line.replace(/`.*/, '').trim().split(/\s+/);
    if (!first) continue;
    const json = /json:"([^"]*)"/.exec(tag)?.[1] ?? '';
    const [key = '', ...options] = json.split(',');
    if (key === '-') continue;
    const proto = /protobuf:"([^"]*)"/.exec(tag)?.[1];
    fields.push({
      key,
      goField: second === undefined ? first.split(/[*.]/).at(-1) : first,
      type: second ?? first,
      inline: second === undefined && key === '',
      omitempty: options.includes('omitempty'),
      omitzero: options.includes('omitzero'),
      ...(listType === undefined ? {} : { listType }),
      number: proto === undefined || proto === '-' ? undefined : Number(proto.split(',')[1]),
    });
    listType = undefined;
  }
  return fields;
}

/** Which package's type a Go expression names: `metav1.Time` seen from a file with its imports. */
function resolve(expression, pkg, imports) {
  const [alias, name] = expression.includes('.') ? expression.split('.') : [undefined, expression];
  return { pkg: alias === undefined ? pkg : (imports.get(alias) ?? `?${alias}`), name };
}

/** The type of a Go expression as the schema has it; `wrapped`: a named list, which protobuf has as a message of its own. */
function typeOf(expression, pkg, imports) {
  const text = expression.replace(/^\*/, '');
  if (text === '[]byte') return { type: 'bytes' };
  if (text.startsWith('[]')) return { type: { list: typeOf(text.slice(2), pkg, imports).type } };
  const map = /^map\[[\w.]+\](.*)$/.exec(text);
  if (map) {
    const value = typeOf(map[1], pkg, imports);
    return { type: { map: value.type }, mapOfWrapped: value.wrapped };
  }
  if (basic[text]) return { type: basic[text] };
  const { pkg: home, name } = resolve(text, pkg, imports);
  const scalar = scalars[`${home}.${name}`];
  if (scalar) return { type: scalar };
  const { structs, named } = packageOf(home);
  if (structs.has(name)) return { type: { ref: refOf(home, name) } };
  const target = named.get(name);
  if (target === undefined) throw new Error(`no type ${home}.${name}`);
  const { type } = typeOf(target.type, home, target.imports);
  return { type, wrapped: typeof type === 'object' && 'list' in type ? name : undefined };
}

const wanted = [];
const done = new Set();
function refOf(pkg, name) {
  const id = `${fileOf(pkg)}.${name}`;
  if (!done.has(id)) {
    done.add(id);
    wanted.push({ pkg, name, id });
  }
  return id;
}

function goFields(pkg, name, path = []) {
  const target = packageOf(pkg).structs.get(name) ?? aliasedStruct(pkg, name);
  const home = target.pkg ?? pkg;
  return target.fields.flatMap((field) => {
    if (!field.inline) return [fieldOf(field, home, target.imports, path)];
    const inner = resolve(field.type.replace('*', ''), home, target.imports);
    if (inner.pkg === meta && inner.name === 'TypeMeta')
      return ['kind', 'apiVersion'].map((key) => ({ name: key, type: 'string' }));
    const outer = field.number === undefined ? [] : [field.number, inner.name];
    return goFields(inner.pkg, inner.name, [...path, ...outer]);
  });
}

/** `type List metav1.List`: the same struct under another name. */
function aliasedStruct(pkg, name) {
  const target = packageOf(pkg).named.get(name);
  const { pkg: home, name: inner } = resolve(target.type, pkg, target.imports);
  return { ...packageOf(home).structs.get(inner), pkg: home };
}

function fieldOf(field, pkg, imports, path) {
  const { type, wrapped, mapOfWrapped } = typeOf(field.type, pkg, imports);
  const out = { name: field.key, type };
  const pointer = field.type.startsWith('*');
  if (pointer) out.pointer = true;
  const isStruct = structScalars.has(type) && !pointer;
  if ((!field.omitempty || isStruct) && !field.omitzero) out.always = true;
  if (field.omitzero) out.omitzero = true;
  if (field.number !== undefined) {
    out.proto = [...path, field.number, protoType(type, wrapped, mapOfWrapped)];
    const plain = field.key.charAt(0).toUpperCase() + field.key.slice(1);
    if (field.goField !== plain) out.goField = field.goField;
  }
  if (field.listType !== undefined) out.listType = field.listType;
  return out;
}

/** As in .proto files, as far as the codec asks. */
function protoType(type, wrapped, mapOfWrapped) {
  if (wrapped !== undefined) return wrapped;
  if (typeof type === 'string') return type;
  if ('list' in type) return 'repeated message';
  return 'map' in type ? `map<string, ${mapOfWrapped ?? 'message'}>` : 'message';
}

function groupVersions() {
  const root = join(modules, `api@${version}`);
  return readdirSync(root).flatMap((group) =>
    existsSync(join(root, group, 'doc.go')) || !/^[a-z]+$/.test(group) || group === 'testdata'
      ? []
      : readdirSync(join(root, group))
          .filter((name) => /^v\d/.test(name))
          .map((name) => `k8s.io/api/${group}/${name}`),
  );
}

const isKind = (struct) =>
  struct.fields.some(({ inline, type }) => inline && type.endsWith('TypeMeta'));
const kinds = new Map();
for (const pkg of [...groupVersions(), meta]) {
  const { structs, group } = packageOf(pkg);
  for (const [name, struct] of structs) {
    if (!isKind(struct)) continue;
    const apiVersion = pkg.split('/').at(-1);
    kinds.set(refOf(pkg, name), {
      group: pkg === meta ? '' : group,
      version: apiVersion,
      kind: name,
    });
  }
}
/** What Go always writes, but for what is a struct and may be left out all the same. */
const isRequired = ({ always, type, pointer }) =>
  always === true && (pointer === true || !structScalars.has(type));

const made = {};
for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
  const gvk = kinds.get(next.id);
  const fields = goFields(next.pkg, next.name);
  const required = fields.filter(isRequired).map(({ name }) => name);
  made[next.id] = {
    fields,
    ...(required.length > 0 ? { required } : {}),
    ...(gvk ? { gvk: [gvk] } : {}),
  };
}

if (process.argv.includes('--compare')) {
  console.log(`${Object.keys(made).filter((id) => schema[id] !== undefined).length} types in both`);
  const shape = (proto) => proto?.filter((part) => typeof part === 'number').join('.');
  const of = ({ fields }) =>
    fields.map(({ name, type, pointer, always, omitzero, proto }) =>
      JSON.stringify([name, type, pointer, always, omitzero, shape(proto)]),
    );
  for (const [id, entry] of Object.entries(schema)) {
    if (made[id] === undefined) continue;
    const [ours, theirs] = [of(entry), of(made[id])];
    for (const one of ours) if (!theirs.includes(one)) console.log(`${id}: schema ${one}`);
    for (const one of theirs) if (!ours.includes(one)) console.log(`${id}: Go     ${one}`);
    if (
      ours.length === theirs.length &&
      ours.join() !== theirs.join() &&
      ours.every((one) => theirs.includes(one))
    )
      console.log(`${id}: order`);
  }
} else {
  const isNeeded = (id) => /^(core\/v1|meta\/v1|apidiscovery\/v2)\./.test(id);
  const rest = Object.entries(made)
    .filter(([id]) => schema[id] === undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  write(
    'unlisted.json',
    rest.filter(([id]) => isNeeded(id)),
  );
  write(
    'other-versions.json',
    rest.filter(([id]) => !isNeeded(id)),
  );
}

function write(file, types) {
  const lines = types.map(([id, entry]) => `${JSON.stringify(id)}: ${JSON.stringify(entry)}`);
  writeFileSync(join(here, 'src/gen', file), `{\n${lines.join(',\n')}\n}\n`);
  console.log(`${file}: ${types.length} types`);
}
