/* oxlint-disable import/no-default-export -- the form that lab/diff takes */
// Patches that take away what an object is, or put something else there, and JSON patches that are none; with each kind of field validation.

const collections = {
  configmaps: {
    collection: '/api/v1/namespaces/default/configmaps',
    content: { data: { a: '1' } },
  },
  deployments: {
    collection: '/apis/apps/v1/namespaces/default/deployments',
    content: {
      spec: {
        selector: { matchLabels: { a: 'a' } },
        template: {
          metadata: { labels: { a: 'a' } },
          spec: { containers: [{ name: 'a', image: 'a' }] },
        },
      },
    },
  },
};

const remove = (path) => ({ op: 'remove', path });
const add = (path, value) => ({ op: 'add', path, value });
const noVersion = remove('/apiVersion');

const jsonPatches = {
  'no version': [noVersion],
  'no version and no kind': [noVersion, remove('/kind')],
  'no version and no metadata': [noVersion, add('/metadata', 3)],
  'no version and another kind': [noVersion, add('/kind', 'Pod')],
  'no version and a kind that is none': [noVersion, add('/kind', 'Odd')],
  'no kind': [remove('/kind')],
  'another kind': [add('/kind', 'Pod')],
  'a kind that is none': [add('/kind', 'Odd')],
  ...Object.fromEntries(
    [null, '', 7, 'a/b/c', 'apps/', 'odd/', '/v1', 'apps/v9', 'v9'].map((version) => [
      `version ${JSON.stringify(version)}`,
      [add('/apiVersion', version)],
    ]),
  ),
  ...Object.fromEntries(
    [{}, [], 3].map((value) => [
      `all replaced by ${JSON.stringify(value)}`,
      [{ op: 'replace', path: '', value }],
    ]),
  ),
  'all tested': [{ op: 'test', path: '', value: 3 }],
  'a number in the patch': [3],
  'a text in the patch': ['x'],
  'a list in the patch': [[]],
  'null in the patch': [null],
  'an object for a patch': {},
  'null for a patch': 'null',
  'a number for an operation': [{ op: 3 }],
  'a number for a path': [add(3)],
  'a number to move from': [{ op: 'move', from: 3, path: '/x' }],
  'nothing to move from': [{ op: 'move', path: '/x' }],
  'HTML and a wrong type': [add('/metadata/annotations', { a: '<&>' }), add('/metadata/labels', 3)],
  'an unknown field': [add('/x', { b: 1, a: '<' })],
  ...Object.fromEntries(
    Object.entries({
      name: ['x', ''],
      namespace: ['x'],
      uid: ['x'],
      resourceVersion: ['x', '1'],
      generation: [77],
      creationTimestamp: ['2020-01-01T00:00:00Z'],
      deletionTimestamp: ['2020-01-01T00:00:00Z'],
      deletionGracePeriodSeconds: [3],
      selfLink: ['x'],
      generateName: ['x'],
    }).flatMap(([name, values]) =>
      values.map((value) => [`${name} ${value}`, [add(`/metadata/${name}`, value)]]),
    ),
  ),
  ...Object.fromEntries(
    ['namespace', 'uid', 'resourceVersion', 'creationTimestamp'].map((name) => [
      `no ${name}`,
      [remove(`/metadata/${name}`)],
    ]),
  ),
  'no metadata': [remove('/metadata')],
};

export default async (call) => {
  for (const [plural, { collection, content }] of Object.entries(collections)) {
    await call(`~${plural}`, 'POST', collection, { metadata: { name: 'odd' }, ...content });
    for (const validation of ['Warn', 'Strict', 'Ignore'])
      for (const [what, patch] of Object.entries(jsonPatches))
        await call(
          `${plural}: ${what}, ${validation}`,
          'PATCH',
          `${collection}/odd?fieldValidation=${validation}`,
          patch,
          { 'content-type': 'application/json-patch+json' },
        );
    for (const patch of [{ kind: 7 }, { kind: 'Pod', apiVersion: null }, { apiVersion: [] }])
      await call(`${plural}: ${JSON.stringify(patch)}`, 'PATCH', `${collection}/odd`, patch, {
        'content-type': 'application/strategic-merge-patch+json',
      });
  }
};
