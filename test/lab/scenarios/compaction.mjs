/* oxlint-disable max-lines-per-function, import/no-default-export -- a page of calls, in the form that lab/diff takes */
// Pages whose state is compacted away between them: both servers are started with --etcd-compaction-interval=3s.
const ns = 'compaction',
  cms = `/api/v1/namespaces/${ns}/configmaps`,
  events = `/api/v1/namespaces/${ns}/events`;

export default async (call) => {
  await call('namespace', 'POST', '/api/v1/namespaces', { metadata: { name: ns } });
  for (const name of ['a', 'b', 'c', 'd']) {
    await call(`config map ${name}`, 'POST', cms, { metadata: { name, labels: { g: 'x' } } });
    await call(`event ${name}`, 'POST', events, {
      metadata: { name, labels: { g: 'x' } },
      involvedObject: { namespace: ns },
    });
  }
  for (const path of [cms, events]) {
    const kind = path === cms ? 'config maps' : 'events';
    const page = await call(`${kind}: page 1`, 'GET', `${path}?limit=1`);
    const { continue: token, resourceVersion } = page.body.metadata;
    await call(
      `${kind}: a change`,
      'PATCH',
      `${path}/c`,
      { metadata: { labels: { g: 'y' } } },
      { 'content-type': 'application/merge-patch+json' },
    );
    const isGone = async (n) => {
      await call(
        `~${kind}: something happens`,
        'PATCH',
        `${path}/d`,
        { metadata: { labels: { n: `n${n}` } } },
        { 'content-type': 'application/merge-patch+json' },
      );
      return (
        (
          await call(
            `~${kind}: is it gone?`,
            'GET',
            `${path}?resourceVersion=${resourceVersion}&resourceVersionMatch=Exact`,
          )
        ).status === 410
      );
    };
    for (let n = 0; n < 120 && !(await isGone(n)); n++)
      await new Promise((done) => setTimeout(done, 500));
    await call(
      `~${kind}: d as it was`,
      'PATCH',
      `${path}/d`,
      { metadata: { labels: { n: 'done' } } },
      { 'content-type': 'application/merge-patch+json' },
    );
    await call(
      `${kind}: the list that is gone`,
      'GET',
      `${path}?resourceVersion=${resourceVersion}&resourceVersionMatch=Exact`,
    );
    await call(
      `${kind}: a page of the list that is gone`,
      'GET',
      `${path}?resourceVersion=${resourceVersion}&limit=1`,
    );
    await call(
      `${kind}: not older than what is gone`,
      'GET',
      `${path}?resourceVersion=${resourceVersion}`,
    );
    await call(
      `${kind}: get not older than what is gone`,
      'GET',
      `${path}/a?resourceVersion=${resourceVersion}`,
    );
    const gone = await call(
      `${kind}: page 2 of what is gone`,
      'GET',
      `${path}?limit=1&continue=${token}`,
    );
    await call(
      `${kind}: page 2 of what is gone, by label`,
      'GET',
      `${path}?limit=1&labelSelector=g%3Dx&continue=${token}`,
    );
    const rest = gone.body?.metadata?.continue ?? '';
    await call(`${kind}: the rest, as it is now`, 'GET', `${path}?continue=${rest}`);
    const next = await call(
      `${kind}: a page of the rest, as it is now`,
      'GET',
      `${path}?limit=1&continue=${rest}`,
    );
    await call(
      `${kind}: the page after that`,
      'GET',
      `${path}?limit=1&continue=${next.body?.metadata?.continue ?? ''}`,
    );
    // Config maps have a cache, which still knows.
    await call(
      `${path === cms ? '~' : ''}${kind}: a watch from what is gone`,
      'GET',
      `${path}?watch=true&timeoutSeconds=20&resourceVersion=1`,
    );
  }
};
