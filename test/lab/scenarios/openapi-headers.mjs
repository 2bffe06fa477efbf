/* oxlint-disable max-lines-per-function, import/no-default-export -- a page of calls, in the form that lab/diff takes */
// How OpenAPI's documents, discovery, the version and what is like them are served: status, headers, and bodies that are short.
const told = [
  'accept-ranges',
  'cache-control',
  'content-encoding',
  'content-range',
  'content-type',
  'etag',
  'expires',
  'last-modified',
  'location',
  'vary',
  'x-content-type-options',
];
const day = 'Wed, 25 Nov 2015 00:31:09 GMT';
const farDay = 'Sun, 25 Nov 2035 00:31:09 GMT';

/** What no two servers share: hashes, sizes, times, boundaries. */
const plain = (text) =>
  text
    .replace(/[0-9A-F]{64,}/g, '<hash>')
    .replace(/boundary=[0-9a-f]+/, 'boundary=<boundary>')
    .replace(/^bytes .*/, (range) => range.replaceAll(/\d{3,}/g, '<size>'))
    .replace(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d/, '<time>');
const protobuf = (version, separator) =>
  `application/com.github.proto-openapi.spec.${version}${separator}v1.0+protobuf`;

export default async (call) => {
  const ask = async (path, headers = {}, method = 'GET') => {
    const answer = await call(`~${method} ${path}`, method, path, undefined, headers);
    const { status, headers: got, body } = answer;
    const length = got['content-length'];
    const isShort =
      typeof body === 'string' && body.length < 300 && !/multipart/.test(got['content-type']);
    const shown = JSON.stringify(headers)
      .replace(/[0-9A-F]{64,}/, '<hash>')
      .replaceAll(/"(last-modified)?[^"]*GMT"/g, '<time>');
    call.derived(`${method} ${path.replace(/hash=.{64,}/, 'hash=<hash>')} ${shown}`, {
      status,
      headers: Object.fromEntries(
        told.filter((name) => name in got).map((name) => [name, plain(got[name])]),
      ),
      ...(isShort ? { body } : {}),
      ...(method === 'HEAD' && path.startsWith('/openapi')
        ? { hasLength: Number(length) > 0 }
        : {}),
    });
    return answer;
  };

  const index = await call('~index', 'GET', '/openapi/v3');
  const hashed =
    index.body === undefined ? '' : JSON.parse(index.body).paths['api/v1'].serverRelativeURL;
  const whole = ['/openapi/v2', '/openapi/v3', '/openapi/v3/api/v1', '/openapi/v3/version', hashed];
  const wrong = '/openapi/v3/api/v1?hash=AB';
  for (const path of [...whole, wrong, '/openapi/v3/api/v1?hash=', '/openapi/v2?hash=AB']) {
    const { headers } = await call(`~${path}`, 'GET', path);
    const { etag = '"none"', 'last-modified': made = day } = headers;
    // The index is of this very moment.
    const modified = path === '/openapi/v3' ? day : made;
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])
      await ask(path, {}, method);
    for (const accept of [
      '*/*',
      'application/*',
      'text/html',
      'application/yaml',
      'application/json;q=0.5, text/html',
      ...['v2', 'v3'].flatMap((version) => [protobuf(version, '@'), protobuf(version, '.')]),
      `${protobuf('v3', '@')};q=0.5, application/json;q=0.1`,
    ])
      await ask(path, { accept });
    for (const coding of ['gzip', 'gzip;q=0', 'deflate, GZIP;q=0.5', '*', 'identity'])
      for (const method of ['GET', 'HEAD']) await ask(path, { 'accept-encoding': coding }, method);
    await ask(path, { accept: protobuf('v2', '@'), 'accept-encoding': 'gzip' });
    for (const condition of [
      { 'if-none-match': etag },
      { 'if-none-match': `W/${etag}` },
      { 'if-none-match': `"other", ${etag}` },
      { 'if-none-match': '*' },
      { 'if-none-match': '"other"' },
      { 'if-none-match': 'other' },
      { 'if-none-match': etag, 'accept-encoding': 'gzip' },
      { 'if-none-match': '"other"', 'if-modified-since': farDay },
      { 'if-modified-since': modified },
      { 'if-modified-since': farDay },
      { 'if-modified-since': day },
      { 'if-modified-since': 'Sunday, 25-Nov-35 00:31:09 GMT' },
      { 'if-modified-since': 'Sun Nov 25 00:31:09 2035' },
      { 'if-modified-since': '2035-11-25T00:31:09Z' },
      { 'if-match': etag },
      { 'if-match': `W/${etag}` },
      { 'if-match': '"other"' },
      { 'if-match': '*' },
      { 'if-unmodified-since': farDay },
      { 'if-unmodified-since': day },
      { 'if-unmodified-since': 'never' },
      { range: 'bytes=0-9' },
      { range: 'bytes=0-9', 'accept-encoding': 'gzip' },
      { range: 'bytes=0-1999', 'accept-encoding': 'gzip' },
      { range: 'bytes=0-9', 'if-range': etag },
      { range: 'bytes=0-9', 'if-range': '"other"' },
      { range: 'bytes=0-9', 'if-range': day },
      { range: 'bytes=0-9,20-29' },
      { range: 'bytes= 0-9 , 20-29' },
      { range: 'bytes=0-9,999999999-' },
      { range: 'bytes=-9' },
      { range: 'bytes=-0' },
      { range: 'bytes=+1-2' },
      { range: 'bytes=0-' },
      { range: 'bytes=0-,0-' },
      { range: 'bytes=,' },
      { range: 'bytes=999999999-' },
      { range: 'bytes=9-3' },
      { range: 'bytes=x' },
      { range: 'bytes=--1' },
      { range: 'lines=1-2' },
    ])
      for (const method of ['GET', 'POST']) await ask(path, condition, method);
  }
  for (const path of [
    '/openapi',
    '/openapi/',
    '/openapi/v2/',
    '/openapi/v2/x',
    '/openapi/v3/',
    '/openapi/v3/none',
    '/openapi/v3/none?hash=AB',
    '/openapi/v3/api/v1/',
    '/openapi/v3//api/v1',
    '/openapi//v3',
    '/openapi/v3/version/',
    '/openapi/v3/api%2Fv1',
    '/openapi/v4',
  ])
    for (const method of ['GET', 'HEAD', 'POST']) await ask(path, {}, method);

  const discovery = (version) =>
    `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList,application/json`;
  for (const path of ['/api', '/apis', '/api/v1', '/apis/apps', '/apis/apps/v1', '/version']) {
    const { etag = '"none"' } = (
      await call(`~${path}`, 'GET', path, undefined, { accept: discovery('v2') })
    ).headers;
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS'])
      for (const accept of ['application/json', discovery('v2')])
        await ask(path, { accept }, method);
    for (const accept of [
      'text/html',
      'application/yaml',
      'application/vnd.kubernetes.protobuf',
      discovery('v2beta1'),
      discovery('v3'),
      discovery('v2').replace('json', 'vnd.kubernetes.protobuf'),
      `${discovery('v2')};profile=nopeer`,
    ])
      await ask(path, { accept });
    for (const condition of [
      { 'if-none-match': etag },
      { 'if-none-match': `W/${etag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': farDay },
      { range: 'bytes=0-9' },
      { 'accept-encoding': 'gzip' },
    ])
      await ask(path, { accept: discovery('v2'), ...condition });
  }
};
