#!/usr/bin/env node
// Writes src/gen from facts/types.json (fields, lists, merge keys, defaults, proto numbers) and the Go sources of the same API
// (the order of fields, which are pointers, which are omitted when empty: what encoding/json does with them).
// Usage: node scripts/generate.mjs FACTS/types.json  (needs the modules k8s.io/{api,apimachinery,apiextensions-apiserver,kube-aggregator} in Go's module cache)
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = 'v0.37.2';
const types = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const modules = join(
  execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim(),
  'k8s.io',
);
const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const metaPackage = join(here, '../api-machinery/src/gen');

/** io.k8s.api.core.v1.Pod → { file: 'core/v1', name: 'Pod' }; the special scalars of apimachinery have no file. */
const places = [
  [/^io\.k8s\.api\.([^.]+)\.([^.]+)\.(\w+)$/, (g, v) => [`${g}/${v}`, `api@${version}/${g}/${v}`]],
  [
    /^io\.k8s\.apimachinery\.pkg\.apis\.meta\.(v1)\.(\w+)$/,
    (v) => [`meta/${v}`, `apimachinery@${version}/pkg/apis/meta/${v}`],
  ],
  [
    /^io\.k8s\.apiextensions-apiserver\.pkg\.apis\.apiextensions\.(v1)\.(\w+)$/,
    (v) => [`apiextensions/${v}`, `apiextensions-apiserver@${version}/pkg/apis/apiextensions/${v}`],
  ],
  [
    /^io\.k8s\.kube-aggregator\.pkg\.apis\.apiregistration\.(v1)\.(\w+)$/,
    (v) => [`apiregistration/${v}`, `kube-aggregator@${version}/pkg/apis/apiregistration/${v}`],
  ],
];
const scalars = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'microtime',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'fieldsv1',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Patch': 'raw',
  'io.k8s.apimachinery.pkg.runtime.RawExtension': 'raw',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'intorstring',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': 'json',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray': 'json',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool': 'json',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray': 'json',
};
/** Those that are structs in Go. */
const structScalars = new Set([
  'time',
  'microtime',
  'quantity',
  'intorstring',
  'raw',
  'fieldsv1',
  'json',
]);
/** Fields that Go always writes, but that whoever makes an object may leave out. */
const mayBeAbsent = new Set();
function place(id) {
  for (const [pattern, to] of places) {
    const match = pattern.exec(id);
    if (match) {
      const parts = match.slice(1);
      const name = parts.pop();
      const [file, go] = to(...parts);
      return { file, go, name };
    }
  }
  throw new Error(`no place for ${id}`);
}

/** Go structs of one package: name → [{ name, json, omitempty, omitzero, type, inline }]. */
const packages = new Map();
function goStructs(folder) {
  if (packages.has(folder)) return packages.get(folder);
  const structs = new Map();
  for (const file of readdirSync(join(modules, folder)).filter(
    (f) => f.endsWith('.go') && !/_test\.go$|^zz_|generated/.test(f),
  )) {
    const source = readFileSync(join(modules, folder, file), 'utf8').replace(
      /\/\*[\s\S]*?\*\//g,
      '',
    );
    for (const [, name, body] of source.matchAll(
      /^(?:type )?\s?(\w+) struct \{\n([\s\S]*?)^\s?\}/gm,
    )) {
      const fields = [];
      for (const line of body
        .split('\n')
        .map((l) => l.trim())
        .filter((l) => l && !l.startsWith('//'))) {
        const tag = /`([^`]*)`/.exec(line)?.[1] ?? '';
        const json = /json:"([^"]*)"/.exec(tag)?.[1];
        const [first, second] = line
          .replace(/`.*/, '')
          .replace(/\/\/.*/, '')
          .trim()
          .split(/\s+/);
        const [key = '', ...options] = (json ?? '').split(',');
        if (key === '-') continue;
        const embedded = second === undefined;
        fields.push({
          key,
          goField: embedded ? first.split(/[*.]/).at(-1) : first,
          type: embedded ? first : second,
          inline: embedded && key === '',
          omitempty: options.includes('omitempty'),
          omitzero: options.includes('omitzero'),
        });
      }
      structs.set(name, fields);
    }
  }
  packages.set(folder, structs);
  return structs;
}
function goFields(folder, name) {
  const fields = goStructs(folder).get(name);
  if (!fields) return undefined;
  return fields.flatMap((field) => {
    if (!field.inline) return [field];
    const type = field.type.replace('*', '');
    if (type === 'metav1.TypeMeta' || type === 'TypeMeta' || type === 'v1.TypeMeta')
      return [
        { key: 'kind', type: 'string', omitempty: true },
        { key: 'apiVersion', type: 'string', omitempty: true },
      ];
    if (type.includes('.')) {
      const [alias, inner] = type.split('.');
      const outside = {
        v1: folder.startsWith('apimachinery') ? folder : `api@${version}/core/v1`,
        metav1: `apimachinery@${version}/pkg/apis/meta/v1`,
      }[alias];
      return goFields(outside, inner) ?? [];
    }
    return goFields(folder, type) ?? [];
  });
}

const ref = (node) => (node.$ref ?? node.allOf?.[0]?.$ref)?.replace('#/components/schemas/', '');
/** The type of a property, as data: a scalar's name, { ref }, { list } or { map }. */
function typeOf(node) {
  const id = ref(node);
  if (id) {
    if (scalars[id]) return scalars[id];
    const target = types[id];
    if (target && !target.properties) {
      if (target.type && target.type !== 'object') return typeOf(target);
      if (target.additionalProperties) return typeOf(target);
    }
    const { file, name } = place(id);
    return { ref: `${file}.${name}` };
  }
  if (node.type === 'array') return { list: typeOf(node.items) };
  if (node.additionalProperties) return { map: typeOf(node.additionalProperties) };
  if (node.type === 'string') return node.format === 'byte' ? 'bytes' : 'string';
  if (node.type === 'integer') return node.format === 'int32' ? 'int32' : 'int64';
  if (node.type === 'number') return 'double';
  if (node.type === 'boolean') return 'boolean';
  return 'json';
}

const basic = {
  bool: 'bool',
  byte: 'uint8',
  float64: 'float64',
  int32: 'int32',
  int64: 'int64',
  string: 'string',
  map: 'map',
};
/** Go's name of a field's type where the type itself does not tell it: `v1.Protocol` for a string, `v1.ResourceList` for a map. */
function goName(text, type, file) {
  if (!text || !/^[\w.*[\]]+$/.test(text) || type.ref || structScalars.has(type)) return undefined;
  const name = text
    .replace(/^\*/, '')
    .replace(/(\w+\.)?(\w+)/g, (_, alias, word) =>
      alias === undefined
        ? (basic[word] ?? `${file.split('/')[1]}.${word}`)
        : `${alias.replace(/^[a-z]+(?=v\d)/, '')}${word}`,
    );
  return name === plainGoName(type) ? undefined : name;
}
const plainNames = {
  bytes: '[]uint8',
  double: 'float64',
  boolean: 'bool',
  time: 'v1.Time',
  microtime: 'v1.MicroTime',
  quantity: 'resource.Quantity',
  intorstring: 'intstr.IntOrString',
  raw: 'runtime.RawExtension',
};
/** What src/go-type-name.ts makes of a type alone. */
function plainGoName(type) {
  if (typeof type === 'string') return plainNames[type] ?? type;
  if (type.list) return `[]${plainGoName(type.list)}`;
  if (type.map) return `map[string]${plainGoName(type.map)}`;
  return type.ref.slice(type.ref.indexOf('/') + 1);
}

/** What @keelson/serialization takes for the name of a field in Go when nothing else is said. */
const plainGoField = (key) => key.charAt(0).toUpperCase() + key.slice(1);

const schema = {};
const files = new Map();
for (const [id, node] of Object.entries(types)) {
  if (scalars[id]) continue;
  const { file, go, name } = place(id);
  if (!node.properties && node.type !== 'object') continue;
  if (!node.properties && node.additionalProperties) continue;
  const fromGo = goFields(go, name);
  if (!fromGo && node.properties) console.error(`no Go struct for ${id}`);
  const order = new Map((fromGo ?? []).map((field, index) => [field.key, index]));
  const fields = Object.entries(node.properties ?? {})
    .sort(([a], [b]) => (order.get(a) ?? 999) - (order.get(b) ?? 999))
    .map(([key, property]) => {
      const g = fromGo?.find((f) => f.key === key);
      if (!g) console.error(`no Go field for ${id}.${key}`);
      const type = typeOf(property);
      const pointer = g?.type.startsWith('*') ?? false;
      const out = { name: key, type };
      if (pointer) out.pointer = true;
      const go = goName(g?.type, type, file);
      if (go) out.go = go;
      // To encoding/json no struct is empty: omitempty leaves out none.
      const isStruct = structScalars.has(type) && !pointer;
      if ((!g?.omitempty || isStruct) && !g?.omitzero) out.always = true;
      if (g?.omitempty && isStruct) mayBeAbsent.add(out);
      if (g?.omitzero) out.omitzero = true;
      if (property.default !== undefined) out.default = property.default;
      if (property.enum) out.enum = property.enum;
      const itemEnum = (property.items ?? property.additionalProperties)?.enum;
      if (itemEnum) out.itemEnum = itemEnum;
      if (property.format && !['int32', 'int64', 'byte'].includes(property.format))
        out.format = property.format;
      if (property.$ref) out.bare = true;
      const proto = property['x-proto'];
      if (proto) out.proto = proto;
      if (proto && g && g.goField !== plainGoField(key)) out.goField = g.goField;
      if (property['x-kubernetes-list-type']) out.listType = property['x-kubernetes-list-type'];
      if (property['x-kubernetes-list-map-keys'])
        out.listMapKeys = property['x-kubernetes-list-map-keys'];
      if (property['x-kubernetes-map-type']) out.mapType = property['x-kubernetes-map-type'];
      if (property['x-kubernetes-patch-strategy'])
        out.patchStrategy = property['x-kubernetes-patch-strategy'];
      if (property['x-kubernetes-patch-merge-key'])
        out.patchMergeKey = property['x-kubernetes-patch-merge-key'];
      const known = new Set([
        'type',
        'items',
        'additionalProperties',
        'default',
        'enum',
        'format',
        'allOf',
        '$ref',
        'x-proto',
        'x-kubernetes-list-type',
        'x-kubernetes-list-map-keys',
        'x-kubernetes-map-type',
        'x-kubernetes-patch-strategy',
        'x-kubernetes-patch-merge-key',
      ]);
      for (const k of Object.keys(property)) if (!known.has(k)) (out.extra ??= {})[k] = property[k];
      return out;
    });
  const entry = { fields };
  if (node.required) entry.required = node.required;
  if (node['x-kubernetes-map-type']) entry.mapType = node['x-kubernetes-map-type'];
  if (node['x-kubernetes-group-version-kind']) entry.gvk = node['x-kubernetes-group-version-kind'];
  if (node['x-kubernetes-unions']) entry.unions = node['x-kubernetes-unions'];
  const known = new Set([
    'type',
    'properties',
    'required',
    'x-kubernetes-map-type',
    'x-kubernetes-group-version-kind',
    'x-kubernetes-unions',
  ]);
  for (const k of Object.keys(node)) if (!known.has(k)) (entry.extra ??= {})[k] = node[k];
  schema[`${file}.${name}`] = entry;
  (files.get(file) ?? files.set(file, []).get(file)).push({ name, entry });
}

const scalarTypes = {
  string: 'string',
  bytes: 'string',
  int32: 'number',
  int64: 'Int64',
  double: 'number',
  boolean: 'boolean',
  time: 'string',
  microtime: 'string',
  quantity: 'Quantity',
  intorstring: 'IntOrString',
  raw: 'RawExtension',
  fieldsv1: 'FieldsV1',
  json: 'JsonValue',
};
function typescript(type, file, imports) {
  if (typeof type === 'string') {
    const t = scalarTypes[type];
    if (/^[A-Z]/.test(t)) imports.add(`scalar:${t}`);
    return t;
  }
  if (type.list) return `${typescript(type.list, file, imports)}[]`;
  if (type.map) return `Record<string, ${typescript(type.map, file, imports)}>`;
  const [target, name] = type.ref.split(/\.(?=\w+$)/);
  if (target === file) return name;
  imports.add(type.ref);
  return target === 'meta/v1' ? name : `${alias(target)}.${name}`;
}
const alias = (file) => file.replace(/\W(\w)/g, (_, c) => c.toUpperCase());
/** Fields that Go always writes are there in every decoded object; lists, maps and pointers among them may be null. */
function declaration({ name, entry }, file, imports) {
  const lines = entry.fields.map((f) => {
    let t = typescript(f.type, file, imports);
    const gvk = entry.gvk?.[0];
    if (f.name === 'kind' && entry.gvk?.length === 1) t = `'${gvk.kind}'`;
    if (f.name === 'apiVersion' && entry.gvk?.length === 1)
      t = `'${gvk.group ? `${gvk.group}/` : ''}${gvk.version}'`;
    const nullable =
      f.always &&
      (f.pointer ||
        f.type.list ||
        f.type.map ||
        ['raw', 'bytes', 'json'].includes(f.type) ||
        (mayBeAbsent.has(f) && ['time', 'microtime'].includes(f.type)));
    const present = f.always && !mayBeAbsent.has(f);
    const struct = typeof f.type === 'object' && f.type.ref && !f.pointer && !f.omitzero;
    return `  ${f.name.includes('$') || f.name.includes('-') ? `'${f.name}'` : f.name}${present || struct ? '' : '?'}: ${t}${nullable ? ' | null' : ''};`;
  });
  return `export interface ${name} {\n${lines.join('\n')}\n}\n`;
}
rmSync(join(here, 'src/gen'), { recursive: true, force: true });
const header =
  '// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.\n';
for (const [file, list] of files) {
  const imports = new Set();
  const body = list.map((t) => declaration(t, file, imports)).join('\n');
  const isMeta = file === 'meta/v1';
  const names = [...imports]
    .filter((i) => i.startsWith('scalar:'))
    .map((i) => i.slice(7))
    .concat([...imports].filter((i) => i.startsWith('meta/v1.')).map((i) => i.slice(8)))
    .sort();
  const others = [
    ...new Set(
      [...imports]
        .filter((i) => !i.startsWith('scalar:') && !i.startsWith('meta/v1.'))
        .map((i) => i.split(/\.(?=\w+$)/)[0]),
    ),
  ];
  const path = isMeta ? join(metaPackage, 'meta-v1.ts') : join(here, 'src/gen', `${file}.ts`);
  mkdirSync(dirname(path), { recursive: true });
  const lines = [header];
  if (names.length)
    lines.push(
      isMeta
        ? `import type { ${names.filter((n) => !list.some((t) => t.name === n)).join(', ')} } from '../scalars.ts';\n`
        : `import type { ${names.join(', ')} } from '@keelson/api-machinery';\n`,
    );
  for (const other of others)
    lines.push(`import type * as ${alias(other)} from '../${other}.ts';\n`);
  writeFileSync(path, `${lines.join('')}\n${body}`);
}
writeFileSync(
  join(here, 'src/gen/schema.json'),
  `{\n${Object.entries(schema)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${JSON.stringify(k)}: ${JSON.stringify(v)}`)
    .join(',\n')}\n}\n`,
);
console.log(`${Object.keys(schema).length} types in ${files.size} files`);
