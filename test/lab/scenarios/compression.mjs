/* oxlint-disable max-lines-per-function, import/no-default-export -- a page of calls, in the form that lab/diff takes */
// Which answers are compressed: by length, by what the client takes, and of watches those that stand for a list.
const ns = 'compression',
  base = `/api/v1/namespaces/${ns}`,
  path = `${base}/configmaps`;
const codings = {
  nothing: {},
  gzip: { 'accept-encoding': 'gzip' },
  'gzip among others': { 'accept-encoding': 'deflate, gzip ,br' },
  others: { 'accept-encoding': 'deflate, br, *' },
  'gzip with a weight': { 'accept-encoding': 'gzip;q=1.0' },
};
const watchList = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
const watches = {
  'of a list and what follows': `${watchList}&allowWatchBookmarks=true`,
  'of a list without bookmarks': watchList,
  'from a revision, with bookmarks': 'resourceVersion=REVISION&allowWatchBookmarks=true',
  'from any state, with bookmarks': 'resourceVersion=0&allowWatchBookmarks=true',
  'from nowhere, with bookmarks': 'allowWatchBookmarks=true',
  'from any state': 'resourceVersion=0',
  'of no list, and with bookmarks':
    'sendInitialEvents=false&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true',
  'of nothing, and what follows': `${watchList}&allowWatchBookmarks=true&labelSelector=no%3Dsuch`,
  'of one and what follows': `${watchList}&allowWatchBookmarks=true&fieldSelector=metadata.name%3Da`,
  'that is over at once': `${watchList}&allowWatchBookmarks=true&timeoutSeconds=-1`,
  'of a list to come': `${watchList}&allowWatchBookmarks=true&resourceVersion=987654321`,
};
const forms = {
  json: {},
  table: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
  metadata: { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' },
};

export default async function compression(call) {
  await call('namespace', 'POST', '/api/v1/namespaces', { metadata: { name: ns } });
  await call('~root certificates', 'GET', `${path}/kube-root-ca.crt`);
  const make = (name, length) =>
    call(`create ${name}`, 'POST', path, {
      metadata: { name, labels: { made: 'here' } },
      data: { text: 'x'.repeat(length) },
    });
  await make('a', 10);
  const { body } = await make('b', 100_000);
  const selected = `${path}?labelSelector=made`;
  for (const [coding, headers] of Object.entries(codings)) {
    await call(`list that is short, for ${coding}`, 'GET', selected, undefined, headers);
    await call(`get of what is short, for ${coding}`, 'GET', `${path}/b`, undefined, headers);
  }
  const { body: last } = await make('c', 150_000);
  for (const [coding, headers] of Object.entries(codings)) {
    await call(`list that is long, for ${coding}`, 'GET', selected, undefined, headers);
    await call(`list that is long, again, for ${coding}`, 'GET', selected, undefined, headers);
    await call(`get of what is long, for ${coding}`, 'GET', `${path}/c`, undefined, headers);
  }
  for (const limit of [1, 2, 3])
    await call(`a page of ${limit}`, 'GET', `${selected}&limit=${limit}`, undefined, codings.gzip);
  const revision = body?.metadata?.resourceVersion ?? last?.metadata?.resourceVersion;
  for (const [watch, query] of Object.entries(watches))
    for (const [coding, headers] of Object.entries(codings))
      await call(
        `watch ${watch}, for ${coding}`,
        'GET',
        `${path}?watch=1&timeoutSeconds=5&${query.replace('REVISION', revision)}${query.includes('Selector') ? '' : '&labelSelector=made'}`,
        undefined,
        headers,
      );
  for (const [form, headers] of Object.entries(forms))
    await call(
      `watch of a list and what follows, as ${form}`,
      'GET',
      `${selected}&watch=1&timeoutSeconds=5&${watches['of a list and what follows']}`,
      undefined,
      { ...headers, ...codings.gzip },
    );
}
