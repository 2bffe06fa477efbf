#!/usr/bin/env node
// Writes dist/descriptions.json: what each field is for, from the declarations of @kubernetes/client-node (Apache-2.0, see NOTICE).
// Part of the build, not committed. Does nothing when it is there and newer than its source.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(here, 'dist/descriptions.json');
const client = dirname(createRequire(import.meta.url).resolve('@kubernetes/client-node'));
const models = join(client, 'gen/models');
const schema = join(here, 'src/gen/schema.json');
if (existsSync(target) && statSync(target).mtimeMs > statSync(schema).mtimeMs) process.exit(0);

const capital = (text) => text[0].toUpperCase() + text.slice(1);
/** core/v1.Event is V1Event, or CoreV1Event where two groups have one of that name. */
function declarationOf(id) {
  const [, group, version, name] = /^(.*)\/(.*)\.(\w+)$/.exec(id);
  const names = [`${capital(group)}${capital(version)}${name}`, `${capital(version)}${name}`];
  return names.map((n) => join(models, `${n}.d.ts`)).find((file) => existsSync(file));
}

/** A comment's text as Kubernetes writes it: paragraphs, which the generator joined with two spaces, are apart again. */
const textOf = (comment) =>
  comment
    .replace(/^\s*\*+ ?/gm, '')
    .trim()
    .replace(/\\(["'])/g, '$1')
    .replace(/ {2}(?=\S)/g, '\n\n');

const out = {};
for (const id of Object.keys(JSON.parse(readFileSync(schema, 'utf8')))) {
  const file = declarationOf(id);
  if (file === undefined) continue;
  const source = readFileSync(file, 'utf8');
  const fields = {};
  const own = /\/\*\*([^]*?)\*\/\s*export declare class/.exec(
    source.slice(source.lastIndexOf('/**', source.indexOf('export declare class'))),
  );
  if (own) fields[''] = textOf(own[1]);
  for (const [, comment, name] of source.matchAll(/\/\*\*((?:(?!\*\/)[^])*?)\*\/\s*'([^']+)'\??:/g))
    fields[name.replace(/^_/, '')] = textOf(comment);
  out[id] = fields;
}
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, JSON.stringify(out));
console.log(`descriptions of ${Object.keys(out).length} types`);
