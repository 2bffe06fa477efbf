#!/usr/bin/env node
/* oxlint-disable max-lines-per-function -- a page of calls, as the lab's scenarios are */
// Sends the same protobuf, whole, damaged by hand and damaged at random, to kube-apiserver and to this server, and compares what they say. Answers in
// protobuf are compared as the JSON that they are. lab/diff does not look into what is binary, so this is not one of its scenarios.
// Usage, from the project's root, built: test/lab/protobuf.mjs [--count N] [--seed N] [REFERENCE OURS], two folders of lab/up
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { schemaOf } from '../../packages/kubernetes-api/dist/index.js';
import { encode } from '../../packages/serialization/dist/codec.js';
import { convert, parseProtobuf } from '../../packages/serialization/dist/index.js';
import {
  configMap,
  configMaps,
  damaged,
  envelope,
  envelopes,
  field,
  hex,
  largest,
  named,
  number,
  pod,
  pods,
  seeded,
} from './protobuf-bodies.mjs';
import { compareSideBySide } from './side-by-side.mjs';

const { values, positionals: given } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
  },
});
const protobuf = 'application/vnd.kubernetes.protobuf';
const base = '/api/v1/namespaces/protobuf';

async function scenario(call) {
  await call('a namespace', 'POST', '/api/v1/namespaces', envelope('Namespace', named('protobuf')));
  await call(
    'an account',
    'POST',
    `${base}/serviceaccounts`,
    envelope('ServiceAccount', named('default')),
  );
  const dry = { configmaps: `${base}/configmaps?dryRun=All`, pods: `${base}/pods?dryRun=All` };
  for (const accept of [protobuf, 'application/json']) {
    for (const [name, message] of Object.entries(configMaps))
      await call(
        `a config map: ${name}`,
        'POST',
        dry.configmaps,
        envelope('ConfigMap', message),
        accept,
      );
    for (const [name, message] of Object.entries(pods))
      await call(`a pod: ${name}`, 'POST', dry.pods, envelope('Pod', message), accept);
  }
  for (const [name, body] of Object.entries(envelopes)) {
    await call(`around it: ${name}`, 'POST', dry.configmaps, body);
    await call(`to delete: ${name}`, 'DELETE', `${base}/configmaps/none`, body);
  }
  const options = {
    'a grace': number(1, 5),
    'a grace of 64 bits': number(1, largest),
    'a grace that is text': field(1, 'x'),
    'preconditions that are a number': number(2, 1),
    'dry run': field(5, 'All'),
    'field 0': hex('00 00'),
  };
  for (const [name, message] of Object.entries(options))
    await call(
      `options to delete: ${name}`,
      'DELETE',
      `${base}/configmaps/none`,
      envelope('DeleteOptions', message),
    );

  // What is stored, read and changed.
  const p = `${base}/pods/p`;
  await call('create', 'POST', `${base}/pods`, encode(pod, 'protobuf'), protobuf);
  for (const accept of [protobuf, 'application/yaml', 'application/cbor, application/json'])
    await call(`get as ${accept}`, 'GET', p, undefined, accept);
  await call('list', 'GET', `${base}/pods`, undefined, protobuf);
  await call(
    'the metadata',
    'GET',
    p,
    undefined,
    `${protobuf};as=PartialObjectMetadata;g=meta.k8s.io;v=v1`,
  );
  await call('update', 'PUT', `${p}?dryRun=All`, encode(pod, 'protobuf'), protobuf);

  // Cut off everywhere, and damaged at random.
  const wholes = [
    { plural: 'configmaps', kind: 'ConfigMap', whole: encode(configMap, 'protobuf') },
    { plural: 'pods', kind: 'Pod', whole: encode(pod, 'protobuf') },
  ];
  for (const { plural, kind, whole } of wholes)
    for (let length = 0; length < whole.length; length++)
      await call(`${kind} cut off at ${length}`, 'POST', dry[plural], whole.subarray(0, length));
  const below = seeded(Number(values.seed));
  for (let round = 0; round < Number(values.count); round++) {
    const { plural, kind, whole } = wholes[below(2)];
    const body = damaged(whole, below);
    await call(`${kind} ${round}: ${body.toString('hex')}`, 'POST', dry[plural], body, protobuf);
  }
}

/** What kube-apiserver does with what it has read and cannot write: a number or text that is neither. */
const hungUp = 'ECONNRESET';

function client(dir) {
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(readFileSync(join(dir, 'kubeconfig'), 'utf8'))[1]);
  const pki = (name) => readFileSync(join(dir, 'pki', name));
  const agent = new https.Agent({
    ca: pki('ca.crt'),
    cert: pki('admin.crt'),
    key: pki('admin.key'),
    keepAlive: true,
  });
  const send = (method, path, body, accept = 'application/json') =>
    new Promise((resolve) => {
      const content = body === undefined ? undefined : Buffer.from(body);
      const sent =
        content === undefined ? {} : { 'content-type': protobuf, 'content-length': content.length };
      const request = https.request(
        { host: '127.0.0.1', port, path, method, agent, headers: { accept, ...sent } },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => resolve(answerOf(response, Buffer.concat(chunks))));
        },
      );
      request.on('error', (error) => resolve({ status: error.code }));
      request.setTimeout(30_000, () => request.destroy(new Error(`${path}: no answer`)));
      request.end(content);
    });
  return { send, end: () => agent.destroy() };
}

function answerOf({ statusCode, headers }, content) {
  const type = headers['content-type'] ?? '';
  const text = type === protobuf ? textOf(content) : content.toString();
  return { status: statusCode, type, warning: headers.warning, text: normal(text) };
}

/** The JSON of an object. */
function textOf(content) {
  if (!content.includes('PartialObjectMetadata'))
    return Buffer.from(convert(content, 'protobuf', 'json')).toString();
  return JSON.stringify(parseProtobuf(content, schemaOf('meta/v1.PartialObjectMetadata')));
}

/**
 * A word in the place of what no two servers share. What is no UTF-8 becomes U+FFFD here when it is read, and in Go when it is written: as an escape
 * in JSON, and with its bytes in what it quotes.
 */
const normal = (text) =>
  text
    .replaceAll(/(?<=\\\\)u00(?=[01])/g, 'x')
    .replaceAll(/\\\\x[89a-f][0-9a-f]|\\+ufffd/g, '\ufffd')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>')
    .replace(/(resourceVersion"?: ?")\d+/g, '$1<revision>')
    .replace(/2026-\d\d-\d\dT[\d:]+Z|"20\d\d-\d\d-\d\dT[\d:]+Z"/g, '<time>');

async function record(dir) {
  const { send, end } = client(dir);
  const taken = [];
  await scenario(async (name, ...request) => {
    taken.push([name, await send(...request)]);
  });
  end();
  return taken;
}

await compareSideBySide({
  name: 'protobuf',
  given,
  record,
  isCompared: ({ status }) => status !== hungUp,
});
