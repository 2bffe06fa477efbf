#!/usr/bin/env node
// What Node's HTTP/2 costs without an API server: it echoes what is created and writes one ready frame to every watch.
// Nothing is authenticated, decoded by type, defaulted, validated, stored or kept. `lab/compare` measures it in our server's place:
//   APISERVER_BIN=test/lab/bare-server.mjs ../shared/lab/compare --only watch-fan-out
import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';

const flag = (name) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const json = { 'content-type': 'application/json' };
const emptyList =
  '{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]}';
/** As large as what kube-apiserver adds. */
const managedFields = [
  {
    manager: 'loadgen',
    operation: 'Update',
    apiVersion: 'v1',
    time: '2026-11-25T00:00:00Z',
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:data': { '.': {}, 'f:config.yaml': {}, 'f:mode': {} },
      'f:metadata': { 'f:labels': { '.': {}, 'f:app': {}, 'f:fan': {} } },
    },
  },
];

let revision = 1;
const watches = new Set();

function answerGet(stream, path) {
  stream.respond({ ':status': 200, ...json });
  if (!path.includes('watch=true'))
    return stream.end(path.includes('/configmaps') ? emptyList : 'ok');
  watches.add(stream);
  stream.on('close', () => watches.delete(stream));
}

function answerPost(stream, body) {
  const object = JSON.parse(body);
  Object.assign(object.metadata, {
    resourceVersion: String(++revision),
    uid: crypto.randomUUID(),
    creationTimestamp: '2026-11-25T00:00:00Z',
    managedFields,
  });
  const text = JSON.stringify(object);
  stream.respond({ ':status': 201, ...json });
  stream.end(text);
  const frame = Buffer.from(`{"type":"ADDED","object":${text}}\n`);
  if (object.kind === 'ConfigMap') for (const watch of watches) watch.write(frame);
}

const server = createSecureServer({
  cert: readFileSync(flag('tls-cert-file')),
  key: readFileSync(flag('tls-private-key-file')),
  settings: { maxConcurrentStreams: 100 },
  allowHTTP1: true,
});
// The lab asks over HTTP/1.1 whether it is ready.
server.on('request', (request, response) => request.httpVersionMajor === 1 && response.end('ok'));
server.on('stream', (stream, headers) => {
  stream.on('error', () => stream.destroy());
  if (headers[':method'] === 'GET') return answerGet(stream, headers[':path']);
  const chunks = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.on('end', () => answerPost(stream, Buffer.concat(chunks)));
});
server.listen(Number(flag('secure-port')), '127.0.0.1');
