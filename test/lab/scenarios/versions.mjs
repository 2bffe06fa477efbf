/* oxlint-disable max-lines-per-function, import/no-default-export -- a page of calls, in the form that lab/diff takes */
// resourceVersion × resourceVersionMatch × limit × continue × selectors, of resources that upstream caches and of one that it does not (events).
const ns = 'versions',
  base = `/api/v1/namespaces/${ns}`;
const merge = { 'content-type': 'application/merge-patch+json' };
const query = (fields) =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&');
const kinds = {
  configmaps: () => ({ data: { a: '1' } }),
  events: (name) => ({
    involvedObject: { kind: 'Pod', name, namespace: ns },
    reason: 'R',
    message: name,
    type: 'Normal',
  }),
  pods: () => ({
    spec: { automountServiceAccountToken: false, containers: [{ name: 'c', image: 'i' }] },
  }),
};
const revisionOf = (response) => response.body?.metadata?.resourceVersion;

async function lists(call, plural, path, revisions, all = '') {
  const versions = { unset: undefined, 0: '0', ...revisions, x: 'x' };
  const selections = {
    none: all === '' ? {} : { labelSelector: all },
    label: { labelSelector: `g=one${all && ','}${all}` },
    name: { fieldSelector: 'metadata.name=b' },
    'not a name': { fieldSelector: 'metadata.name!=b', ...(all && { labelSelector: all }) },
  };
  for (const [version, resourceVersion] of Object.entries(versions))
    for (const resourceVersionMatch of [undefined, 'Exact', 'NotOlderThan'])
      for (const limit of [undefined, 1, 2])
        for (const [selection, selectors] of Object.entries(selections)) {
          if (version === 'x' && selection !== 'none') continue;
          const fields = { resourceVersion, resourceVersionMatch, limit, ...selectors };
          const page = await call(
            `${plural}: version ${version}, ${query({ ...fields, resourceVersion: undefined })}`,
            'GET',
            `${path}?${query(fields)}`,
          );
          const token = page.body?.metadata?.continue;
          if (limit === undefined) continue;
          for (const more of [{}, { limit }, { limit, resourceVersion: '0' }])
            await call(
              `${plural}: version ${version}, ${query({ ...fields, resourceVersion: undefined })}, then ${query(more)}`,
              'GET',
              `${path}?${query({ ...selectors, ...more, continue: token ?? '' })}`,
            );
        }
}

async function watches(call, plural, path, revisions) {
  for (const [version, resourceVersion] of Object.entries({
    unset: undefined,
    0: '0',
    ...revisions,
  }))
    for (const sendInitialEvents of [undefined, 'true', 'false'])
      for (const allowWatchBookmarks of [undefined, 'true'])
        for (const [selection, selectors] of Object.entries({
          none: {},
          label: { labelSelector: 'g=one' },
          name: { fieldSelector: 'metadata.name=b' },
        })) {
          if (selection === 'name' && allowWatchBookmarks === undefined) continue;
          const fields = {
            resourceVersion,
            sendInitialEvents,
            resourceVersionMatch: sendInitialEvents && 'NotOlderThan',
            allowWatchBookmarks,
            ...selectors,
          };
          await call(
            `${plural}: watch, version ${version}, ${query({ ...fields, resourceVersion: undefined })}`,
            'GET',
            `${path}?${query({ ...fields, watch: 'true', timeoutSeconds: 30 })}`,
          );
        }
}

export default async (call) => {
  await call('namespace', 'POST', '/api/v1/namespaces', { metadata: { name: ns } });
  await call('account', 'POST', `${base}/serviceaccounts`, { metadata: { name: 'default' } });
  for (const [plural, body] of Object.entries(kinds)) {
    const path = `${base}/${plural}`;
    const make = (name, g) =>
      call(`${plural}: create ${name}`, 'POST', path, {
        metadata: { name, labels: { g, of: ns } },
        ...body(name),
      });
    await make('a', 'one');
    const early = revisionOf(await make('b', 'two'));
    await make('c', 'one');
    await make('d', 'one');
    const middle = revisionOf(
      await call(
        `${plural}: change b`,
        'PATCH',
        `${path}/b`,
        { metadata: { labels: { g: 'one' } } },
        merge,
      ),
    );
    await call(`${plural}: delete c`, 'DELETE', `${path}/c?gracePeriodSeconds=0`);
    const late = revisionOf(await make('e', 'two'));
    await call(
      `${plural}: change b back`,
      'PATCH',
      `${path}/b`,
      { metadata: { labels: { g: 'two' } } },
      merge,
    );
    await lists(call, plural, path, { early, middle, late });
    await lists(call, `all ${plural}`, `/api/v1/${plural}`, { middle, late }, `of=${ns}`);
    await watches(call, plural, path, { early, late });
    for (const version of ['', '0', early, late, '-1', 'x']) {
      await call(
        `${plural}: get at ${version === early ? 'early' : version === late ? 'late' : version}`,
        'GET',
        `${path}/b?resourceVersion=${version}`,
      );
      await call(
        `${plural}: get what is gone at ${version === early ? 'early' : version === late ? 'late' : version}`,
        'GET',
        `${path}/c?resourceVersion=${version}`,
      );
    }
    const future = '987654321';
    await call(`${plural}: get in the future`, 'GET', `${path}/b?resourceVersion=${future}`);
    for (const more of [
      {},
      { limit: 2 },
      { resourceVersionMatch: 'Exact' },
      { resourceVersionMatch: 'NotOlderThan' },
      { resourceVersionMatch: 'Exact', limit: 1 },
      { labelSelector: 'g=one' },
    ])
      await call(
        `${plural}: list in the future, ${query(more)}`,
        'GET',
        `${path}?${query({ resourceVersion: future, ...more })}`,
      );
    await call(
      `${plural}: watch in the future`,
      'GET',
      `${path}?watch=true&resourceVersion=${future}&timeoutSeconds=1&allowWatchBookmarks=true`,
    );
    // Without its cache, upstream says by chance how long to wait.
    await call(
      `${plural === 'events' ? '~' : ''}${plural}: initial events in the future`,
      'GET',
      `${path}?watch=true&resourceVersion=${future}&timeoutSeconds=9&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`,
    );
    // The pages of one state, while others write and delete.
    const first = await call(`${plural}: page 1`, 'GET', `${path}?limit=1`);
    await call(`${plural}: delete a between the pages`, 'DELETE', `${path}/a?gracePeriodSeconds=0`);
    await make('aa', 'one');
    await call(
      `${plural}: change d between the pages`,
      'PATCH',
      `${path}/d`,
      { metadata: { labels: { g: 'three' } } },
      merge,
    );
    const second = await call(
      `${plural}: page 2 of what was`,
      'GET',
      `${path}?limit=1&continue=${first.body?.metadata?.continue}`,
    );
    await call(`${plural}: delete e between the pages`, 'DELETE', `${path}/e?gracePeriodSeconds=0`);
    await call(
      `${plural}: page 3 of what was`,
      'GET',
      `${path}?limit=1&continue=${second.body?.metadata?.continue}`,
    );
    await call(
      `${plural}: all that is left of what was`,
      'GET',
      `${path}?continue=${second.body?.metadata?.continue}`,
    );
    await call(
      `${plural}: by a selector, what is left of what was`,
      'GET',
      `${path}?labelSelector=g%3Done&continue=${first.body?.metadata?.continue}`,
    );
  }
  for (const selector of [
    'spec.nodeName=',
    'spec.nodeName=n',
    'spec.nodeName!=n',
    'status.phase=Pending',
    'status.phase!=Pending,spec.restartPolicy=Always',
    'status.podIP=',
    'spec.nodeName=n,metadata.name=b',
  ])
    for (const more of [{}, { resourceVersion: '0' }, { limit: 1 }])
      await call(
        `pods by ${selector} ${query(more)}`,
        'GET',
        `/api/v1/pods?${query({ fieldSelector: selector, ...more })}`,
      );
  for (const selector of [
    'involvedObject.name=b',
    'reason=R',
    'reason!=R',
    'type=Normal,involvedObject.kind=Pod',
    'reportingComponent=',
    'source=',
  ])
    await call(
      `events by ${selector}`,
      'GET',
      `${base}/events?${query({ fieldSelector: selector })}`,
    );
};
