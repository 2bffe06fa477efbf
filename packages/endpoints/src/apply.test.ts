import { expect } from 'chai';
import { describe, it } from 'mocha';
import { withGoIntegers } from './go-integers.ts';
import { ApiFixture, type Answer } from './testing/api-fixture.ts';

const one = '/api/v1/namespaces/a/configmaps/one';
const headers = { 'content-type': 'application/apply-patch+yaml' };
const config = (data: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'one', ...metadata },
  data,
});

class Appliers {
  readonly api = new ApiFixture();

  async apply(manager: string, body: object | string, more = ''): Promise<Answer> {
    const target = `${one}?fieldManager=${manager}${more}`;
    const answer = await this.api.send('PATCH', target, { headers, body });
    if (answer === undefined) throw new Error(`nothing serves ${target}`);
    return answer;
  }
}

const bodyOf = ({ text }: Answer) => JSON.parse(text);
const messageOf = (answer: Answer): string => bodyOf(answer).message;

describe('An apply', () => {
  it('takes of a number as much as fits, as Go does', () => {
    const of = (replicas: number) => ({ spec: { replicas }, metadata: { name: 'd' } });
    const rows = [
      [3_000_000_000, -1_294_967_296],
      [-1, -1],
      [2 ** 32, 0],
      [1.5, 1.5],
    ] as const;
    for (const [given, taken] of rows)
      expect(withGoIntegers(of(given), { ref: 'apps/v1.Deployment' })).to.deep.equal(of(taken));
  });

  it('makes what is not there, and changes what is', async () => {
    const appliers = new Appliers();
    const made = await appliers.apply('first', config({ a: '1', b: '1' }));
    expect([made.status, bodyOf(made).data]).to.deep.equal([201, { a: '1', b: '1' }]);
    const changed = await appliers.apply('first', config({ b: '2' }));
    expect([changed.status, bodyOf(changed).data]).to.deep.equal([200, { b: '2' }]);
    expect(bodyOf(changed).metadata.managedFields).to.deep.equal([
      {
        manager: 'first',
        operation: 'Apply',
        apiVersion: 'v1',
        time: '2026-01-01T00:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { 'f:b': {} } },
      },
    ]);
  });

  it('of a dry run makes nothing', async () => {
    const appliers = new Appliers();
    expect((await appliers.apply('first', config({}), '&dryRun=All')).status).to.equal(201);
    expect(appliers.api.configMaps.objects.size).to.equal(0);
  });

  it('conflicts with what others own unless it is forced', async () => {
    const appliers = new Appliers();
    await appliers.apply('first', config({ a: '1' }));
    const refused = await appliers.apply('second', config({ a: '2' }));
    expect(refused.status).to.equal(409);
    expect(messageOf(refused)).to.equal(
      'Apply failed with 1 conflict: conflict with "first": .data.a',
    );
    const forced = await appliers.apply('second', config({ a: '2' }), '&force=true');
    expect(bodyOf(forced).data).to.deep.equal({ a: '2' });
  });

  it('takes YAML', async () => {
    const appliers = new Appliers();
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata:\n  a: "1"\n';
    expect(bodyOf(await appliers.apply('first', yaml)).data).to.deep.equal({ a: '1' });
  });

  it('moves what kubectl applied itself to kubectl', async () => {
    const appliers = new Appliers();
    const annotation = 'kubectl.kubernetes.io/last-applied-configuration';
    const last = JSON.stringify(config({ a: '1' }));
    await appliers.api.send(
      'POST',
      one.replace(/\/one$/, '?fieldManager=kubectl-client-side-apply'),
      {
        body: config({ a: '1' }, { annotations: { [annotation]: last } }),
      },
    );
    expect((await appliers.apply('other', config({ a: '2' }))).status).to.equal(409);
    const applied = bodyOf(await appliers.apply('kubectl', config({ a: '2' })));
    expect(applied.data).to.deep.equal({ a: '2' });
    expect(applied.metadata.annotations[annotation]).to.equal(
      '{"apiVersion":"v1","data":{"a":"2"},"kind":"ConfigMap","metadata":{"name":"one"}}\n',
    );
  });

  const noted: readonly (readonly [metadata: object, text: string])[] = [
    [{ annotations: null }, '{"name":"one"}'],
    [{ annotations: { b: null, c: '1' } }, '{"annotations":{"b":"","c":"1"},"name":"one"}'],
    [{ annotations: {} }, '{"annotations":{},"name":"one"}'],
    [{ annotations: { b: '1' } }, '{"annotations":{"b":"1"},"name":"one"}'],
  ];
  for (const [metadata, text] of noted) {
    it(`notes ${JSON.stringify(metadata)} for kubectl as ${text}`, async () => {
      const appliers = new Appliers();
      const annotation = 'kubectl.kubernetes.io/last-applied-configuration';
      const data = { a: '1' };
      await appliers.apply('other', config(data, { annotations: { [annotation]: '{}' } }));
      const { metadata: applied } = bodyOf(await appliers.apply('kubectl', config(data, metadata)));
      expect(JSON.parse(applied.annotations[annotation]).metadata).to.deep.equal(JSON.parse(text));
    });
  }

  const twice = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {a: "1", a: "2"}\n';

  it('warns of keys that are there twice, or refuses them', async () => {
    const warned = await new Appliers().apply('first', twice);
    expect(warned.headers['warning']).to.deep.equal([
      String.raw`299 - "line 4: key \"a\" already set in map"`,
    ]);
    const refused = await new Appliers().apply('first', twice, '&fieldValidation=Strict');
    expect([refused.status, messageOf(refused)]).to.deep.equal([
      400,
      'error strict decoding patch: error converting YAML to JSON: yaml: unmarshal errors:\n  line 4: key "a" already set in map',
    ]);
    const ignored = await new Appliers().apply('first', twice, '&fieldValidation=Ignore');
    expect(ignored.headers).to.not.have.property('warning');
  });

  it('counts as YAML does the lines on which keys are there twice', async () => {
    const text = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{"a":"\u2028","b":"1","b":"2",\r\n"b":"3"}}`;
    const { headers } = await new Appliers().apply('first', text);
    expect(headers['warning']).to.deep.equal([
      String.raw`299 - "line 2: key \"b\" already set in map"`,
      String.raw`299 - "line 3: key \"b\" already set in map"`,
    ]);
  });

  const refused: readonly (readonly [
    what: string,
    body: object | string,
    status: number,
    message: string,
  ])[] = [
    [
      'broken YAML',
      'a: [',
      400,
      'error encoding patch: yaml: line 1: did not find expected node content',
    ],
    ['nothing', '', 400, 'invalid object type: /, Kind='],
    [
      'a list',
      '[]',
      400,
      'error decoding patch: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [
      'another kind',
      { ...config({}), kind: 'Secret' },
      400,
      'invalid object type: /v1, Kind=Secret',
    ],
    [
      'another name',
      config({}, { name: 'two' }),
      400,
      'the name of the object (two) does not match the name on the URL (one)',
    ],
    [
      'a number for a text',
      config({ a: 1 }),
      500,
      'failed to create typed patch object (/one; /v1, Kind=ConfigMap): .data.a: expected string, got &value.valueUnstructured{Value:1}',
    ],
    [
      'a time that is none',
      config({}, { creationTimestamp: 'now' }),
      500,
      'failed to convert new object (/one; /v1, Kind=ConfigMap) to proper version: unable to convert unstructured object to /v1, Kind=ConfigMap: parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"',
    ],
    [
      'the uid of what is not there',
      config({}, { uid: 'u' }),
      409,
      'Operation cannot be fulfilled on configmaps "one": uid mismatch: the provided object specified uid u, and no existing object was found',
    ],
  ];
  for (const [what, body, status, message] of refused) {
    it(`of ${what} is refused`, async () => {
      const appliers = new Appliers();
      const answer = await appliers.apply('first', body);
      expect([answer.status, messageOf(answer)]).to.deep.equal([status, message]);
      expect(appliers.api.configMaps.objects.size).to.equal(0);
    });
  }

  it('makes nothing for those who may not create', async () => {
    const appliers = new Appliers();
    await appliers.apply('first', config({ a: '1' }));
    appliers.api.authorize = ({ verb }) =>
      Promise.resolve({ verdict: verb === 'create' ? 'no opinion' : 'allow', reason: 'so there' });
    expect((await appliers.apply('first', config({ a: '2' }))).status).to.equal(200);
    appliers.api.configMaps.objects.clear();
    const refused = await appliers.apply('first', config({ a: '2' }));
    expect([refused.status, messageOf(refused)]).to.deep.equal([
      403,
      'configmaps "one" is forbidden: User "jane" cannot create resource "configmaps" in API group "" in the namespace "a": so there',
    ]);
    expect(appliers.api.configMaps.objects.size).to.equal(0);
  });

  it('needs a manager', async () => {
    const answer = await new Appliers().apply('', config({}));
    expect([answer.status, messageOf(answer)]).to.deep.equal([
      422,
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    ]);
  });
});
