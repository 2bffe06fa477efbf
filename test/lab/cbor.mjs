#!/usr/bin/env node
/* oxlint-disable max-lines-per-function -- a page of calls, as the lab's scenarios are */
// Sends the same CBOR to kube-apiserver and to this server, both with the feature gate on, and compares what it says: kube-apiserver
// writes its maps in any order. lab/diff does not look into what is binary, so this is not one of its scenarios.
// Usage, from the project's root, built: test/lab/cbor.mjs [REFERENCE OURS], two folders of lab/up
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { encodeCborValue, parseCbor } from '../../packages/serialization/dist/index.js';
import { compareSideBySide } from './side-by-side.mjs';
import { cborCases } from '../../packages/serialization/dist/testing/cbor-cases.js';

const cms = '/api/v1/namespaces/cbor/configmaps';
const cbor = 'application/cbor';
const meta = 'g=meta.k8s.io;v=v1';

async function scenario(call) {
  await call('create a namespace', 'POST', '/api/v1/namespaces', { metadata: { name: 'cbor' } });
  const one = { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'one' }, data: { a: '1' } };
  await call('create', 'POST', cms, { ...one, binaryData: { b: 'AAE=' } });
  await call('create again', 'POST', cms, one);
  await call('create with what is unknown', 'POST', `${cms}?dryRun=All&fieldValidation=Ignore`, {
    ...one,
    metadata: { name: 'other' },
    colour: 'blue',
  });
  await call('create another kind', 'POST', cms, { kind: 'Pod', apiVersion: 'v1' });
  await call('create without a name', 'POST', cms, {});
  await call('update', 'PUT', `${cms}/one`, { ...one, data: { a: '2', ü: 'ß' }, immutable: false });
  await call('create a service account', 'POST', '/api/v1/namespaces/cbor/serviceaccounts', {
    metadata: { name: 'default' },
  });
  await call('create a pod', 'POST', '/api/v1/namespaces/cbor/pods?dryRun=All', {
    metadata: { name: 'p' },
    spec: {
      terminationGracePeriodSeconds: 3,
      containers: [
        { name: 'c', image: 'i', resources: { limits: { cpu: '0.5', memory: '1024' } } },
      ],
    },
  });
  const apply = { type: 'application/apply-patch+cbor' };
  await call(
    'apply',
    'PATCH',
    `${cms}/two?fieldManager=m`,
    { ...one, metadata: { name: 'two' } },
    apply,
  );
  await call('apply again', 'PATCH', `${cms}/one?fieldManager=m&force=true`, one, apply);
  await call(
    'apply with a conflict',
    'PATCH',
    `${cms}/one?fieldManager=n`,
    { ...one, data: { a: '3' } },
    apply,
  );
  await call('apply a list', 'PATCH', `${cms}/one?fieldManager=n`, [1], apply);
  await call(
    'apply what is unknown',
    'PATCH',
    `${cms}/one?fieldManager=n`,
    { ...one, x: 1 },
    apply,
  );
  await call('another patch', 'PATCH', `${cms}/one`, {}, { type: 'application/merge-patch+cbor' });

  const partial = `${cbor};as=PartialObjectMetadata;${meta}`;
  const partialList = `${cbor};as=PartialObjectMetadataList;${meta}`;
  for (const accept of [
    cbor,
    `${cbor};stream=watch`,
    'application/cbor-seq',
    `${cbor};as=Table;${meta}`,
    partial,
    partialList,
    'text/plain',
    '*/*',
    'application/*',
    `${cbor},application/json`,
    `application/json;q=0.1,${cbor}`,
    `${cbor};pretty=1`,
    `${cbor};as=Table;${meta},application/json;as=Table;${meta}`,
  ]) {
    await call(`get as ${accept}`, 'GET', `${cms}/one`, undefined, { accept });
    await call(`list as ${accept}`, 'GET', `${cms}?labelSelector=!kube`, undefined, { accept });
    await call(`what is missing as ${accept}`, 'GET', `${cms}/none`, undefined, { accept });
    await call(
      `watch as ${accept}`,
      'GET',
      `${cms}?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`,
      undefined,
      { accept },
    );
  }
  for (const accept of [cbor, partialList]) {
    await call(`a page as ${accept}`, 'GET', `${cms}?limit=1`, undefined, { accept });
    await call(`nothing as ${accept}`, 'GET', `${cms}?labelSelector=none`, undefined, { accept });
    await call(`services as ${accept}`, 'GET', '/api/v1/namespaces/default/services', undefined, {
      accept,
    });
  }
  for (const path of [
    '/api',
    '/apis/apps',
    '/api/v1/nothings',
    '/version',
    '/apis/none',
    '/nothing',
  ])
    await call(`discovery of ${path}`, 'GET', path);
  await call('anonymous', 'GET', cms, undefined, { anonymous: true });
  for (const type of ['application/cbor-seq', 'text/plain', 'Application/CBOR; x=y'])
    await call(`a body of ${type}`, 'POST', `${cms}?dryRun=All`, one, { type });
  const broken = [
    '',
    'ff',
    'a0a0',
    'a1',
    '83010203',
    '4161',
    'a1446b696e6401',
    'f97e00',
    'c24101',
    'a2416101416102',
    'd9d9f6a0',
  ];
  for (const hex of broken) {
    const bytes = Buffer.from(hex, 'hex');
    await call(`${hex} as a body`, 'POST', cms, bytes);
    await call(`${hex} as a patch`, 'PATCH', `${cms}/one?fieldManager=m`, bytes, apply);
    await call(`${hex} as delete options`, 'DELETE', `${cms}/none`, bytes);
  }
  await sendTable(call);
  const options = { kind: 'DeleteOptions', apiVersion: 'v1' };
  await call('delete for nothing', 'DELETE', `${cms}/one`, { ...options, dryRun: ['Some'] });
  await call('delete with a precondition', 'DELETE', `${cms}/one`, {
    ...options,
    preconditions: { uid: 'u' },
  });
  await call('delete', 'DELETE', `${cms}/one`, { ...options, gracePeriodSeconds: 0 });
  await call('delete the rest', 'DELETE', `${cms}?fieldSelector=metadata.name%3Dtwo`, options);
}

const paths = new Map([
  ['core/v1.ConfigMap', cms],
  ['core/v1.Pod', '/api/v1/namespaces/cbor/pods'],
  ['core/v1.Service', '/api/v1/namespaces/cbor/services'],
]);

/** The table of the decoder's own tests, through the server: as bodies, as patches and as options. */
async function sendTable(call) {
  for (const { subject, name, type, document } of cborCases()) {
    const title = `${subject}: ${name}`;
    const path = paths.get(type);
    if (path !== undefined)
      for (const validation of ['Strict', 'Warn', 'Ignore'])
        await call(
          `${title} (${validation})`,
          'POST',
          `${path}?dryRun=All&fieldValidation=${validation}`,
          document,
        );
    if (type !== undefined && type !== 'core/v1.ConfigMap') continue;
    await call(`${title} as a patch`, 'PATCH', `${cms}/x?fieldManager=m&dryRun=All`, document, {
      type: 'application/apply-patch+cbor',
    });
    await call(`${title} as delete options`, 'DELETE', `${cms}/none`, document);
  }
}

function client(dir) {
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(readFileSync(join(dir, 'kubeconfig'), 'utf8'))[1]);
  const pki = (name) => readFileSync(join(dir, 'pki', name));
  const ca = pki('ca.crt');
  const known = new https.Agent({ ca, cert: pki('admin.crt'), key: pki('admin.key') });
  const unknown = new https.Agent({ ca });
  return (method, path, body, { type = cbor, accept = cbor, anonymous = false }) =>
    new Promise((resolve, reject) => {
      const bytes = body === undefined || Buffer.isBuffer(body) ? body : encodeCborValue(body);
      const sent =
        bytes === undefined ? {} : { 'content-type': type, 'content-length': bytes.length };
      const agent = anonymous ? unknown : known;
      const options = {
        host: '127.0.0.1',
        port,
        path,
        method,
        agent,
        headers: { accept, ...sent },
      };
      const request = https.request(options, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve(answerOf(response, Buffer.concat(chunks))));
      });
      request.on('error', reject);
      request.setTimeout(30_000, () => request.destroy(new Error(`${path}: no answer`)));
      request.end(bytes);
    });
}

function answerOf({ statusCode, headers }, bytes) {
  const type = headers['content-type'] ?? '';
  return { status: statusCode, type, warning: headers.warning, body: normal(bodyOf(type, bytes)) };
}

const mark = Buffer.from('d9d9f7', 'hex');

function bodyOf(type, bytes) {
  if (type === 'application/cbor-seq') return frames(bytes);
  if (type.startsWith(cbor)) return [bytes.subarray(0, 3).equals(mark), parseCbor(bytes)];
  const text = bytes.toString();
  try {
    return JSON.parse(text);
  } catch {
    return text
      .trim()
      .split('\n')
      .map((line) => (line.startsWith('{') ? JSON.parse(line) : line));
  }
}

/** Each begins with the mark and a map of two, what is in it has the mark only. */
function frames(bytes) {
  const begin = Buffer.concat([mark, Buffer.from([0xa2])]);
  const starts = [];
  for (let at = bytes.indexOf(begin); at >= 0; at = bytes.indexOf(begin, at + 1)) starts.push(at);
  const events = [];
  let start = 0;
  for (const end of [...starts.slice(1), bytes.length]) {
    const event = whole(bytes.subarray(start, end));
    if (event === undefined) continue;
    events.push(event);
    start = end;
  }
  return [start === bytes.length, events];
}

function whole(bytes) {
  try {
    return parseCbor(bytes);
  } catch {
    return undefined;
  }
}

/** Descriptions are built by `pnpm build`, not by the compiler. */
const volatile = new Set([
  'description',
  'uid',
  'creationTimestamp',
  'resourceVersion',
  'time',
  'continue',
  'clusterIP',
  'clusterIPs',
  'serverAddress',
  'ports',
  'kube-api-access',
]);
const ids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b(?<=kube-api-access-)[a-z0-9]{5}\b/g;

/** Keys in order, and a word in the place of what no two servers share. */
function normal(value, key) {
  if (volatile.has(key)) return `<${key}>`;
  if (typeof value === 'string') return value.replace(ids, '<id>');
  if (typeof value !== 'object' || value === null) return value;
  // kube-apiserver tells the managers of a conflict in any order.
  if (key === 'causes') return value.map((item) => JSON.stringify(normal(item))).sort();
  if (Array.isArray(value)) return value.map((item) => normal(item, key));
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, normal(value[name], name)]),
  );
}

async function record(dir) {
  const send = client(dir);
  const taken = [];
  await scenario(async (name, method, path, body, options = {}) => {
    taken.push([name, await send(method, path, body, options)]);
  });
  return taken;
}

await compareSideBySide({
  name: 'cbor',
  given: process.argv.slice(2),
  record,
  flags: ['--feature-gates=CBORServingAndStorage=true'],
});
