/* oxlint-disable max-lines-per-function, import/no-default-export -- a page of calls, in the form that lab/diff takes */
// Whole numbers of 64 bits, in every verb, patch and encoding of what comes in. Answers are asked for as YAML, which lab/diff compares as text:
// as JSON, it would round what this is about. test/lab/protobuf.mjs compares the binary answers.
const ns = 'numbers';
const base = `/api/v1/namespaces/${ns}`;
const apps = `/apis/apps/v1/namespaces/${ns}`;
const yaml = 'application/yaml';
const exact = { accept: yaml };
const typed = (type) => ({ ...exact, 'content-type': `application/${type}` });

/** Beyond 2^53, at the edges of 64 bits, beyond them, and what is written in other ways. */
const numbers = [
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '9223372036854775807',
  '-9223372036854775808',
  '9223372036854775808',
  '-9223372036854775809',
  '18446744073709551615',
  '18446744073709551616',
  '123456789012345678901234567890',
  '1e3',
  '1E18',
  '9.007199254740993e15',
  '1e400',
  '1.0',
  '1.5',
  '-0',
  '-0.0',
  '0',
  '"5"',
  'true',
  'null',
];
/** Keys of YAML. */
const keys = [
  '9007199254740993',
  '0x1FFFFFFFFFFFFF1',
  '18446744073709551615',
  '123456789012345678901234567890',
  '9007199254740993.0',
  '1e3',
  '1e6',
  '1e18',
  '1e300',
  '1e400',
  '1.10',
  '-.inf',
  'true',
  '~',
  '!!float 5',
  '!!str 1e3',
];
/** Of 32 bits. */
const small = ['2147483647', '2147483648', '-2147483649', '9007199254740993', '1e3', '1.0', '-0'];

const pod = (name, spec) =>
  `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}","generation":9007199254740993},"spec":{"automountServiceAccountToken":false,"containers":[{"name":"c","image":"i"}],${spec}}}`;
const grace = (number) => `"terminationGracePeriodSeconds":${number}`;
const toleration = (number) =>
  `"tolerations":[{"key":"k","operator":"Exists","effect":"NoExecute","tolerationSeconds":${number}}]`;

export default async (call) => {
  await call('namespace', 'POST', '/api/v1/namespaces', { metadata: { name: ns } });
  await call('account', 'POST', `${base}/serviceaccounts`, { metadata: { name: 'default' } });
  const json = typed('json');
  const pods = `${base}/pods`;
  const dry = `${pods}?dryRun=All`;

  for (const number of numbers) {
    await call(`grace ${number}`, 'POST', dry, pod('p', grace(number)), json);
    await call(
      `grace ${number}, strictly`,
      'POST',
      `${dry}&fieldValidation=Strict`,
      pod('p', grace(number)),
      json,
    );
    await call(`toleration ${number}`, 'POST', dry, pod('p', toleration(number)), json);
    await call(
      `deadline ${number}`,
      'POST',
      dry,
      pod('p', `"activeDeadlineSeconds":${number}`),
      json,
    );
    await call(
      `user ${number}`,
      'POST',
      dry,
      pod('p', `"securityContext":{"runAsUser":${number}}`),
      json,
    );
    await call(
      `groups ${number}`,
      'POST',
      dry,
      pod('p', `"securityContext":{"supplementalGroups":[1,${number}]}`),
      json,
    );
    await call(
      `grace ${number} as YAML`,
      'POST',
      dry,
      `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: c, image: i}]\n  automountServiceAccountToken: false\n  terminationGracePeriodSeconds: ${number}\n`,
      typed('yaml'),
    );
    await call(
      `generation ${number}`,
      'POST',
      `${base}/configmaps?dryRun=All`,
      `{"metadata":{"name":"c","generation":${number}}}`,
      json,
    );
    await call(
      `token for ${number}`,
      'POST',
      `${base}/endpoints?dryRun=All`,
      `{"metadata":{"name":"e"},"subsets":[{"addresses":[{"ip":"192.0.2.1"}],"ports":[{"port":${number}}]}]}`,
      json,
    );
  }
  for (const number of [
    '0x1FFFFFFFFFFFFF1',
    '0o7',
    '0b11',
    '+9007199254740993',
    '9_007_199_254_740_993',
    '-0x20000000000001',
    '.5',
    '1e18',
    '0777777777777777777777',
  ])
    await call(
      `grace ${number} as YAML`,
      'POST',
      dry,
      `metadata: {name: p}\nspec:\n  containers: [{name: c, image: i}]\n  automountServiceAccountToken: false\n  terminationGracePeriodSeconds: ${number}\n`,
      typed('yaml'),
    );
  for (const number of small) {
    await call(
      `port ${number}`,
      'POST',
      dry,
      `{"metadata":{"name":"p"},"spec":{"automountServiceAccountToken":false,"containers":[{"name":"c","image":"i","ports":[{"containerPort":${number}}]}]}}`,
      json,
    );
    await call(
      `target port ${number}`,
      'POST',
      `${base}/services?dryRun=All`,
      `{"metadata":{"name":"s"},"spec":{"ports":[{"port":80,"targetPort":${number}}]}}`,
      json,
    );
    await call(
      `replicas ${number}`,
      'POST',
      `${apps}/deployments?dryRun=All`,
      `{"metadata":{"name":"d"},"spec":{"replicas":${number},"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}`,
      json,
    );
  }

  // What is stored, and what it is read, listed, watched and changed as.
  const p = `${pods}/p`;
  await call(
    'create',
    'POST',
    pods,
    pod('p', `${grace('9007199254740993')},${toleration('-9007199254740993')}`),
    json,
  );
  for (const accept of [yaml, 'application/json;pretty=1'])
    await call(`get as ${accept}`, 'GET', p, undefined, { accept });
  await call('pretty', 'GET', `${p}?pretty=1`, undefined);
  await call('list', 'GET', pods, undefined, exact);
  await call('list, parts', 'GET', pods, undefined, {
    accept: 'application/yaml;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
  });
  await call('watch', 'GET', `${pods}?watch=1&timeoutSeconds=1`, undefined, exact);
  await call('a label', 'PATCH', p, '{"metadata":{"labels":{"a":"b"}}}', typed('merge-patch+json'));

  const patches = {
    'json-patch+json': (path, number) => `[{"op":"add","path":"${path}","value":${number}}]`,
    'merge-patch+json': (path, number) => nested(path, number),
    'strategic-merge-patch+json': (path, number) => nested(path, number),
  };
  for (const [type, make] of Object.entries(patches))
    for (const number of [...numbers, '9007199254740993'])
      for (const path of [
        '/spec/activeDeadlineSeconds',
        '/spec/terminationGracePeriodSeconds',
        '/metadata/generation',
        '/spec/priority',
      ])
        await call(
          `${type}: ${path} ${number}`,
          'PATCH',
          `${p}?dryRun=All`,
          make(path, number),
          typed(type),
        );
  for (const [name, body] of Object.entries({
    'test the number':
      '[{"op":"test","path":"/spec/terminationGracePeriodSeconds","value":9007199254740993}]',
    'test its neighbour':
      '[{"op":"test","path":"/spec/terminationGracePeriodSeconds","value":9007199254740992}]',
    'test it as a fraction':
      '[{"op":"test","path":"/spec/terminationGracePeriodSeconds","value":9007199254740993.0}]',
    'test all tolerations':
      '[{"op":"test","path":"/spec/tolerations/0","value":{"key":"k","operator":"Exists","effect":"NoExecute","tolerationSeconds":-9007199254740993}}]',
    'copy it':
      '[{"op":"copy","from":"/spec/terminationGracePeriodSeconds","path":"/metadata/generation"}]',
    'move it':
      '[{"op":"move","from":"/spec/terminationGracePeriodSeconds","path":"/spec/activeDeadlineSeconds"}]',
  }))
    await call(name, 'PATCH', `${p}?dryRun=All`, body, typed('json-patch+json'));
  for (const type of Object.keys(patches).slice(1)) {
    await call(
      `${type}: a toleration`,
      'PATCH',
      `${p}?dryRun=All`,
      `{"spec":{"tolerations":[{"key":"k","operator":"Exists","effect":"NoExecute","tolerationSeconds":-9007199254740994}]}}`,
      typed(type),
    );
    await call(
      `${type}: the same toleration`,
      'PATCH',
      `${p}?dryRun=All`,
      `{"spec":{"tolerations":[{"key":"k","operator":"Exists","effect":"NoExecute","tolerationSeconds":-9007199254740993}]}}`,
      typed(type),
    );
  }
  await call(
    'update with the same',
    'PUT',
    `${p}?dryRun=All`,
    pod('p', `${grace('9007199254740993')},${toleration('-9007199254740993')}`),
    json,
  );
  await call(
    'update with its neighbour',
    'PUT',
    `${p}?dryRun=All`,
    pod('p', `${grace('9007199254740992')},${toleration('-9007199254740993')}`),
    json,
  );

  // Apply. Of what is no number at all once is enough: kube-apiserver says such things in any order.
  const applied = (number) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers: [{name: c, image: i}]\n      terminationGracePeriodSeconds: ${number}\n${Number.isFinite(Number(number)) ? `      tolerations: [{key: k, operator: Exists, effect: NoExecute, tolerationSeconds: ${number}}]\n` : ''}`;
  const a = `${apps}/deployments/a`;
  const apply = typed('apply-patch+yaml');
  for (const number of [...numbers, '0x1FFFFFFFFFFFFF1', '1e18'])
    await call(
      `apply ${number}`,
      'PATCH',
      `${a}?fieldManager=m&dryRun=All`,
      applied(number),
      apply,
    );
  for (const [manager, number, more] of [
    ['m', '9007199254740993', ''],
    ['m', '9007199254740993', ''],
    ['n', '9007199254740993', ''],
    ['n', '9007199254740992', ''],
    ['n', '9007199254740992', '&force=true'],
    ['m', '9007199254740993', ''],
    ['n', '9223372036854775807', ''],
  ])
    await call(
      `${manager} applies ${number}${more}`,
      'PATCH',
      `${a}?fieldManager=${manager}${more}`,
      applied(number),
      apply,
    );
  for (const number of ['9007199254740993', '9007199254740994', '9007199254740992'])
    await call(
      `deployment: strategic ${number}`,
      'PATCH',
      `${a}?fieldManager=s`,
      `{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":${number}}}}}`,
      typed('strategic-merge-patch+json'),
    );
  for (const number of ['9007199254740993', '9223372036854775807'])
    await call(
      `deployment: merge ${number}`,
      'PATCH',
      `${a}?fieldManager=s`,
      `{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":${number}}}}}`,
      typed('merge-patch+json'),
    );
  await call('deployment', 'GET', a, undefined, exact);

  // Keys that are numbers, or nearly.
  for (const key of keys)
    for (const again of ['', `\n  ${key}: y`]) {
      const map = `metadata: {name: k}\ndata:\n  ${key}: x${again}\n`;
      const [how, path] = [`key ${key}${again === '' ? '' : ' twice'}`, `${base}/configmaps`];
      await call(how, 'POST', `${path}?dryRun=All`, map, typed('yaml'));
      await call(
        `apply ${how}`,
        'PATCH',
        `${path}/k?dryRun=All&fieldManager=m`,
        `apiVersion: v1\nkind: ConfigMap\n${map}`,
        apply,
      );
    }

  // Validation compares, and says the numbers.
  for (const number of ['-9007199254740993', '9007199254740993'])
    await call(
      `probe ${number}`,
      'POST',
      dry,
      `{"metadata":{"name":"q"},"spec":{"automountServiceAccountToken":false,"terminationGracePeriodSeconds":5,"containers":[{"name":"c","image":"i","lifecycle":{"preStop":{"sleep":{"seconds":${number}}}},"livenessProbe":{"exec":{"command":["x"]},"terminationGracePeriodSeconds":${number}},"securityContext":{"runAsUser":${number},"runAsGroup":${number}}}],"securityContext":{"fsGroup":${number},"supplementalGroups":[${number}]}}}`,
      json,
    );
  await call(
    'events',
    'POST',
    `${base}/events`,
    `{"metadata":{"name":"e","generation":9007199254740993},"involvedObject":{"namespace":"${ns}"},"count":2147483648}`,
    json,
  );
  await call(
    'event with a series',
    'POST',
    `${base}/events`,
    `{"metadata":{"name":"e","generation":9007199254740993},"involvedObject":{"namespace":"${ns}"},"count":3,"series":{"count":2147483647}}`,
    json,
  );
  for (const op of ['9007199254740992', '9007199254740994'])
    await call(
      `event: generation ${op}`,
      'PATCH',
      `${base}/events/e`,
      `{"metadata":{"generation":${op}}}`,
      typed('merge-patch+json'),
    );
  await call(
    'budget',
    'POST',
    `/apis/policy/v1/namespaces/${ns}/poddisruptionbudgets?dryRun=All`,
    `{"metadata":{"name":"b"},"spec":{"minAvailable":9007199254740993}}`,
    json,
  );
  await call(
    'eviction',
    'POST',
    `${p}/eviction?dryRun=All`,
    `{"metadata":{"name":"p"},"deleteOptions":{"gracePeriodSeconds":9007199254740993.5}}`,
    json,
  );

  // Deletion.
  for (const number of [
    '9007199254740993',
    '9223372036854775807',
    '-9223372036854775808',
    '9223372036854775808',
    '1e3',
    '1.5',
  ])
    for (const [how, path, body] of [
      ['in the query', `?dryRun=All&gracePeriodSeconds=${number}`],
      ['in the body', '?dryRun=All', `{"gracePeriodSeconds":${number},"dryRun":["All"]}`],
    ])
      await call(
        `delete after ${number} ${how}`,
        'DELETE',
        `${p}${path}`,
        body,
        body === undefined ? exact : json,
      );
  // It runs somewhere, and so is given its time.
  await call('bind', 'POST', `${p}/binding`, { target: { kind: 'Node', name: 'n' } });
  await call('delete', 'DELETE', p, undefined, exact);
  await call(
    'delete sooner',
    'DELETE',
    `${p}?gracePeriodSeconds=9007199254740992`,
    undefined,
    exact,
  );
  await call('deleted', 'GET', p, undefined, exact);
  await call('delete now', 'DELETE', `${p}?gracePeriodSeconds=0`, undefined, exact);
};

/** A merge patch that sets what is at a path. */
const nested = (path, number) =>
  path
    .split('/')
    .slice(1)
    .reduceRight((inner, name) => `{"${name}":${inner}}`, number);
