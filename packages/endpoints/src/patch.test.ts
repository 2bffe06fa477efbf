import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ApiFixture, type Answer } from './testing/api-fixture.ts';

const collection = '/api/v1/namespaces/a/configmaps';
const types = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

async function patched(
  type: keyof typeof types,
  body: string,
  target = `${collection}/one`,
): Promise<{ readonly answer: Answer | undefined; readonly api: ApiFixture }> {
  const api = new ApiFixture();
  await api.send('POST', collection, { body: { metadata: { name: 'one' }, data: { a: '1' } } });
  const answer = await api.send('PATCH', target, {
    headers: { 'content-type': types[type] },
    body,
  });
  return { answer, api };
}

const dataOf = (answer: Answer | undefined): unknown => JSON.parse(answer?.text ?? '').data;
const messageOf = (answer: Answer | undefined): string => JSON.parse(answer?.text ?? '').message;

describe('A patch', () => {
  const applied: readonly (readonly [type: keyof typeof types, body: string, data: object])[] = [
    ['merge', '{"data":{"b":"2"}}', { a: '1', b: '2' }],
    ['merge', '{"data":{"a":null,"b":"2"}}', { b: '2' }],
    ['strategic', '{"data":{"b":"2"}}', { a: '1', b: '2' }],
    ['strategic', '{"data":{"$patch":"replace","b":"2"}}', { b: '2' }],
    ['strategic', 'null', { a: '1' }],
    ['strategic', '{"kind":"Pod"}', { a: '1' }],
    ['json', '[{"op":"add","path":"/data/b","value":"2"}]', { a: '1', b: '2' }],
    ['json', 'null', { a: '1' }],
  ];
  for (const [type, body, data] of applied) {
    it(`(${type}) ${body} makes ${JSON.stringify(data)}`, async () => {
      const { answer } = await patched(type, body);
      expect(answer?.status).to.equal(200);
      expect(dataOf(answer)).to.deep.equal(data);
    });
  }

  const refused: readonly (readonly [
    type: keyof typeof types,
    body: string,
    status: number,
    message: string,
  ])[] = [
    ['merge', '', 400, 'invalid JSON patch'],
    ['merge', '{', 400, 'invalid JSON patch'],
    ['merge', `${'['.repeat(10_001)}${']'.repeat(10_001)}`, 400, 'invalid JSON patch'],
    ['merge', 'null', 400, 'Invalid JSON Patch'],
    [
      'merge',
      '[]',
      400,
      'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [
      'strategic',
      '[]',
      400,
      'json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [
      'json',
      '{}',
      400,
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    ],
    [
      'json',
      '[{"op":"test","path":"/data/a","value":"2"}]',
      422,
      'the server rejected our request due to an error in our request',
    ],
    [
      'merge',
      '{"metadata":{"name":"two"}}',
      400,
      'the name of the object (two) does not match the name on the URL (one)',
    ],
    [
      'merge',
      '{"metadata":null}',
      400,
      'the name of the object (one based on URL) was undeterminable: name must be provided',
    ],
    [
      'merge',
      '{"metadata":{"namespace":"b"}}',
      400,
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      'merge',
      '{"data":{"a":1}}',
      422,
      'json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
    ],
    ['merge', '{"kind":"Pod"}', 422, 'converting (v1.Pod) to (core.ConfigMap): unknown conversion'],
    [
      'merge',
      '{"apiVersion":"v2"}',
      422,
      'no kind "ConfigMap" is registered for version "v2" in scheme "pkg/runtime/scheme.go:111"',
    ],
  ];
  const unversioned: readonly (readonly [what: string, operations: string, message: string])[] = [
    [
      'kind, and nothing else',
      '{"op":"remove","path":"/apiVersion"}',
      'the name of the object (one based on URL) was undeterminable: name must be provided',
    ],
    [
      'other kind of its group',
      '{"op":"remove","path":"/apiVersion"},{"op":"replace","path":"/kind","value":"Pod"}',
      'converting (core.Pod) to (core.ConfigMap): unknown conversion',
    ],
    [
      'kind that is none',
      '{"op":"remove","path":"/apiVersion"},{"op":"replace","path":"/kind","value":"Odd"}',
      'no kind "Odd" is registered for the internal version of group "" in scheme "pkg/runtime/scheme.go:111"',
    ],
    [
      'group',
      '{"op":"replace","path":"/apiVersion","value":"apps/"},{"op":"replace","path":"/data","value":"<"}',
      `Object 'apiVersion' is missing in '{"apiVersion":"apps/","data":"\\u003c","kind":"ConfigMap",`,
    ],
  ];
  for (const [what, operations, message] of unversioned) {
    it(`that leaves a ${what}, but no version is refused`, async () => {
      const { answer } = await patched('json', `[${operations}]`);
      expect(messageOf(answer)).to.contain(message);
    });
  }

  it('that leaves no version warns of all that is lost with it, and a strict one is refused for that', async () => {
    const body = '[{"op":"remove","path":"/apiVersion"}]';
    const { answer } = await patched('json', body);
    expect(answer?.status).to.equal(400);
    expect(answer?.headers['warning']).to.deep.equal([
      String.raw`299 - "unknown field \"data\""`,
      String.raw`299 - "unknown field \"metadata\""`,
    ]);
    const strict = await patched('json', body, `${collection}/one?fieldValidation=Strict`);
    expect(strict.answer?.status).to.equal(422);
    expect(messageOf(strict.answer)).to.match(
      /strict decoding error: unknown field "data", unknown field "metadata"$/,
    );
  });

  const unchecked: readonly (readonly [
    type: keyof typeof types,
    body: string,
    status: number,
    message: string,
  ])[] = [
    ['json', '{}', 400, 'json: cannot unmarshal object into Go value of type jsonpatch.Patch'],
    ['json', '[7]', 400, 'json: cannot unmarshal number into Go value of type jsonpatch.Operation'],
    ['json', '[{"op":7}]', 422, 'the server rejected our request due to an error in our request'],
    ['json', '[null]', 422, 'the server rejected our request due to an error in our request'],
    ['merge', '[]', 400, 'Invalid JSON Patch'],
  ];
  for (const [type, body, status, message] of unchecked) {
    it(`(${type}) ${body} is refused in other words when no field is validated`, async () => {
      const { answer } = await patched(type, body, `${collection}/one?fieldValidation=Ignore`);
      expect(answer?.status).to.equal(status);
      expect(messageOf(answer)).to.equal(message);
    });
  }

  it('says of nonsense in version and kind that of the version first', async () => {
    const { answer } = await patched(
      'json',
      '[{"op":"add","path":"/kind","value":{}},{"op":"add","path":"/apiVersion","value":7}]',
    );
    expect(messageOf(answer)).to.match(
      /json parse error: json: cannot unmarshal number into Go struct field \.apiVersion of type string$/,
    );
  });

  it('says the first fault in the order in which the object is shown', async () => {
    const { answer } = await patched(
      'json',
      '[{"op":"add","path":"/metadata","value":{"uid":7,"name":8}}]',
    );
    expect(messageOf(answer)).to.contain('field ObjectMeta.metadata.uid of type types.UID');
  });

  for (const [type, body, status, message] of refused) {
    it(`(${type}) ${body.slice(0, 50)} is refused`, async () => {
      const { answer, api } = await patched(type, body);
      expect(answer?.status).to.equal(status);
      expect(messageOf(answer)).to.contain(message);
      expect(api.configMaps.objects.get('a/one')?.data).to.deep.equal({ a: '1' });
    });
  }

  it('shows the object that it could not make', async () => {
    const { answer } = await patched('merge', '{"data":{"z":1,"b":"2"}}');
    expect(messageOf(answer)).to.match(
      /^ "" is invalid: patch: Invalid value: "\{\\"apiVersion\\":\\"v1\\",\\"data\\":\{\\"a\\":\\"1\\",\\"b\\":\\"2\\",\\"z\\":1\},\\"kind\\"/,
    );
  });

  it('shows what it brought in the order of its keys', async () => {
    const owner = '{"uid":"u","name":7,"kind":"K","apiVersion":"v1"}';
    const { answer } = await patched('merge', `{"metadata":{"ownerReferences":[${owner}]}}`);
    expect(messageOf(answer)).to.contain(
      String.raw`"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"K\",\"name\":7,\"uid\":\"u\"}]`,
    );
  });

  it('shows the items that it went through in the order of their keys, and others as they are', async () => {
    const owners = ['u', 'v'].map((uid) => ({
      apiVersion: 'v1',
      kind: 'K',
      name: uid,
      uid,
      controller: false,
    }));
    const ownerReferences = JSON.stringify(owners);
    const { api } = await patched('merge', `{"metadata":{"ownerReferences":${ownerReferences}}}`);
    const answer = await api.send('PATCH', `${collection}/one`, {
      headers: { 'content-type': types.json },
      body: '[{"op":"replace","path":"/metadata/ownerReferences/1/name","value":7}]',
    });
    const [first, second] = owners.map((owner) => JSON.stringify(owner)) as [string, string];
    const shown = `[${first},{"apiVersion":"v1","controller":false,"kind":"K","name":7,"uid":"v"}]`;
    expect(messageOf(answer)).to.contain(JSON.stringify(shown).slice(1, -1));
    expect(messageOf(answer)).not.to.contain(JSON.stringify(second).slice(1, -1));
  });

  it('shows keys that are numbers in the order of all others', async () => {
    const { answer } = await patched('merge', '{"data":{"9":"<","10":"2","b":7}}');
    expect(messageOf(answer)).to.contain(
      String.raw`\"data\":{\"10\":\"2\",\"9\":\"\\u003c\",\"a\":\"1\",\"b\":7}`,
    );
  });

  it('that is a strategic merge patch can say nothing of the kind, but not nonsense', async () => {
    const { answer } = await patched('strategic', '{"kind":7}');
    expect(messageOf(answer)).to.match(
      /patch: Invalid value: "map\[kind:7\]": cannot convert int64 to string$/,
    );
    const other = await patched('strategic', '{"kind":"Pod","apiVersion":null}');
    expect(other.answer?.status).to.equal(200);
  });

  it('shows itself when it is a strategic merge patch', async () => {
    const { answer } = await patched('strategic', '{"data":{"z":1,"b":"2"}}');
    expect(messageOf(answer)).to.contain('patch: Invalid value: "map[data:map[b:2 z:1]]": ');
  });

  it('of what is not there says so, whatever else is wrong with it', async () => {
    for (const [type, body] of [
      ['merge', 'null'],
      ['strategic', '[]'],
      ['json', '{}'],
    ] as const) {
      const { answer } = await patched(type, body, `${collection}/none`);
      expect(messageOf(answer)).to.equal('configmaps "none" not found');
    }
  });

  const doubtful: readonly (readonly [
    type: keyof typeof types,
    body: string,
    problems: readonly string[],
  ])[] = [
    ['merge', '{"b":7,"b":8}', ['duplicate field "b"', 'unknown field "b"']],
    ['strategic', '{"data":{"b":"1","b":"2"}}', ['duplicate field "data.b"']],
    [
      'strategic',
      '{"z":1,"a":1,"metadata":{"ownerReferences":[{"uid":"u","z":1}],"z":1},"a":2}',
      [
        'duplicate field "a"',
        'unknown field "a"',
        'unknown field "metadata.ownerReferences[0].z"',
        'unknown field "metadata.z"',
        'unknown field "z"',
      ],
    ],
    [
      'json',
      '[{"op":"add","path":"/b","value":1,"x":2}]',
      ['json patch unknown field "[0].x"', 'unknown field "b"'],
    ],
  ];
  for (const [type, body, problems] of doubtful) {
    it(`(${type}) ${body} is warned of, refused or let pass`, async () => {
      const warned = await patched(type, body);
      const quoted = problems.map((problem) => `299 - ${JSON.stringify(problem)}`);
      expect(warned.answer?.headers['warning']).to.deep.equal(quoted);
      const strict = await patched(type, body, `${collection}/one?fieldValidation=Strict`);
      expect(strict.answer?.status).to.equal(422);
      expect(messageOf(strict.answer)).to.contain(`strict decoding error: ${problems.join(', ')}`);
      const ignored = await patched(type, body, `${collection}/one?fieldValidation=Ignore`);
      expect(ignored.answer?.headers).to.not.have.property('warning');
    });
  }

  it('pollutes nothing', async () => {
    for (const [type, body] of [
      ['merge', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
      ['strategic', '{"data":{"__proto__":"x"},"__proto__":{"polluted":1}}'],
      ['json', '[{"op":"add","path":"/__proto__/polluted","value":1}]'],
      ['json', '[{"op":"add","path":"/constructor/prototype/polluted","value":1}]'],
    ] as const)
      await patched(type, body);
    expect({}).to.not.have.property('polluted');
  });

  it('may be tried again, on the newest state', async () => {
    const api = new ApiFixture();
    await api.send('POST', collection, { body: { metadata: { name: 'one' }, data: { a: '1' } } });
    api.configMaps.attempts = 3;
    const body = '[{"op":"add","path":"/data/b","value":"2"}]';
    const answer = await api.send('PATCH', `${collection}/one`, {
      headers: { 'content-type': types.json },
      body,
    });
    expect(dataOf(answer)).to.deep.equal({ a: '1', b: '2' });
  });
});
