import type { JsonValue } from '@keelson/api-machinery';
import type { Random } from '@keelson/storage-backend/testing';
import { isObject, type JsonObject } from './json.ts';
import { randomJsonPatch } from './json-patches.ts';
import { pathOf } from './kinds.ts';
import { randomManagedFields } from './managed-fields.ts';
import { withDirectives, withNulls } from './merge-patches.ts';
import { atTimesAnother, atTimesOdd, atTimesTwice } from './odd-values.ts';
import {
  mediaTypes,
  objectOf,
  partly,
  pathTo,
  query,
  wholly,
  type Maker,
  type Step,
  type Subject,
} from './requests.ts';

/** What to do next. */
export function randomStep(random: Random, subject: Subject, live: JsonValue): Step {
  const { kind } = subject;
  const isThere = isObject(live) && live['kind'] === kind.kind;
  const makers = isThere ? ofWhatIsThere(subject) : ofWhatIsNot;
  return random.pick(makers)(random, subject, live);
}

const applied: Maker = (random, subject) => {
  const content = random.chance(25) ? partly(random, subject) : wholly(random, subject);
  const body = atTimesAnother(random, objectOf(subject, content));
  if (random.chance(1))
    body['metadata'] = {
      ...Object(body['metadata']),
      managedFields: randomManagedFields(random, subject),
    };
  const path = pathTo(subject, query(random, 'apply'));
  const twice = atTimesTwice(random, body);
  return () => ({ method: 'PATCH', path, type: mediaTypes.apply, body, ...twice });
};

const merged: Maker = (random, subject) => {
  const body = atTimesAnother(random, withNulls(random, partly(random, subject)));
  const path = pathTo(subject, query(random));
  // Lists are shown as they came.
  const twice = atTimesTwice(random, body, (pointer) => !/\/\d/.test(pointer));
  return () => ({ method: 'PATCH', path, type: mediaTypes.merge, body, ...twice });
};

const strategicallyMerged: Maker = (random, subject) => {
  const patch = withDirectives(random, partly(random, subject)) as JsonObject;
  const body = atTimesAnother(random, patch);
  const path = pathTo(subject, query(random));
  const twice = atTimesTwice(random, body);
  return () => ({ method: 'PATCH', path, type: mediaTypes.strategic, body, ...twice });
};

const jsonPatched: Maker = (random, subject, live) => {
  const body = randomJsonPatch(random, subject.kind.content(random), live);
  const path = pathTo(subject, query(random));
  return () => ({ method: 'PATCH', path, type: mediaTypes.json, body });
};

const created: Maker = (random, subject) => {
  const path = `${pathOf(subject.kind, subject.namespace, '')}${query(random)}`;
  const said = objectOf(subject, wholly(random, subject));
  // Of a service without a name, kube-apiserver says that its address cannot be held, and nothing else.
  const body = subject.kind.kind === 'Service' ? said : atTimesAnother(random, said);
  const twice = atTimesTwice(random, body);
  return () => ({ method: 'POST', path, body, ...twice });
};

const updated: Maker = (random, subject) => {
  const said = atTimesAnother(random, objectOf(subject, wholly(random, subject)));
  const path = pathTo(subject, query(random));
  const metadata = updatedMetadata(random);
  return (live) => {
    const body = { ...said };
    if (isObject(body['metadata'])) body['metadata'] = { ...metadata(live), ...body['metadata'] };
    return { method: 'PUT', path, body };
  };
};

/** What an update sends back of what it has read. */
function updatedMetadata(random: Random): (live: JsonValue) => JsonObject {
  const [keepsFields, keepsRevision, isLate] = [
    random.chance(50),
    random.chance(80),
    random.chance(4),
  ];
  return (live) => {
    const metadata = isObject(live) && isObject(live['metadata']) ? { ...live['metadata'] } : {};
    if (!keepsFields) delete metadata['managedFields'];
    if (!keepsRevision) delete metadata['resourceVersion'];
    else if (isLate) metadata['resourceVersion'] = '1';
    return metadata;
  };
}

/** A write to one of the subresources that look like the object. */
const partWritten: Maker = (random, subject, live) => {
  const [name, make] = random.pick(Object.entries(subject.kind.parts));
  const content = atTimesOdd(random, make(random));
  const method = random.pick(['apply', 'apply', 'merge', 'strategic', 'json', 'PUT'] as const);
  const path = pathTo(subject, `/${name}${query(random, method === 'apply' ? 'apply' : 'write')}`);
  if (method === 'PUT')
    return (own) => ({
      method,
      path,
      body: { ...Object(own), ...objectOf(subject, content), metadata: Object(own).metadata },
    });
  const body = {
    apply: () => objectOf(subject, content),
    merge: () => withNulls(random, content),
    strategic: () => withDirectives(random, content),
    json: () => randomJsonPatch(random, content, live),
  }[method]();
  return () => ({ method: 'PATCH', path, type: mediaTypes[method], body });
};

const scaled: Maker = (random, subject) => {
  const content = atTimesOdd(random, { spec: { replicas: random.below(3) } });
  const method = random.pick(['apply', 'apply', 'merge', 'strategic', 'json', 'PUT'] as const);
  const path = pathTo(subject, `/scale${query(random, method === 'apply' ? 'apply' : 'write')}`);
  const metadata = { name: subject.name, namespace: subject.namespace };
  const scale = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata, ...content };
  if (method === 'PUT') return () => ({ method, path, body: scale });
  const body = {
    apply: () => atTimesAnother(random, scale),
    merge: () => withNulls(random, content),
    strategic: () => withDirectives(random, content),
    json: () => randomJsonPatch(random, content, scale),
  }[method]();
  return () => ({ method: 'PATCH', path, type: mediaTypes[method], body });
};

const managedFieldsSet: Maker = (random, subject) => {
  const managedFields = randomManagedFields(random, subject);
  const path = pathTo(subject, query(random));
  const type = random.pick([mediaTypes.merge, mediaTypes.merge, mediaTypes.strategic]);
  return () => ({ method: 'PATCH', path, type, body: { metadata: { managedFields } } });
};

/** kubectl's own apply, which writes down what it applied. */
const appliedByClient: Maker = (random, subject) => {
  const content = objectOf(subject, wholly(random, subject));
  const metadata = content['metadata'];
  const text = random.chance(90)
    ? JSON.stringify(content)
    : random.pick(['', '{', '[]', 'null', '{}']);
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': text };
  const manager = random.pick([
    'kubectl-client-side-apply',
    'kubectl-client-side-apply',
    'kubectl',
  ]);
  const path = pathTo(subject, `?fieldManager=${manager}`);
  const body = { ...content, metadata: { ...Object(metadata), annotations } };
  return () => ({ method: 'PATCH', path, type: mediaTypes.strategic, body });
};

const deleted: Maker = (random, subject) => {
  if (!random.chance(25)) return applied(random, subject, null);
  const options: JsonObject = { gracePeriodSeconds: 0 };
  if (random.chance(20))
    options['propagationPolicy'] = random.pick(['Orphan', 'Background', 'Foreground', 'Odd']);
  if (random.chance(10)) options['dryRun'] = ['All'];
  if (random.chance(10)) options['preconditions'] = { uid: 'another' };
  return () => ({ method: 'DELETE', path: pathTo(subject), body: options });
};

const ofWhatIsNot = [
  created,
  created,
  applied,
  applied,
  applied,
  applied,
  updated,
  merged,
  strategicallyMerged,
] as const;

/** As often as a kind of write is more interesting than others. */
const ofWhatIsThere = ({ kind }: Subject): readonly [Maker, ...Maker[]] => [
  applied,
  applied,
  applied,
  applied,
  applied,
  merged,
  merged,
  strategicallyMerged,
  strategicallyMerged,
  strategicallyMerged,
  updated,
  updated,
  jsonPatched,
  jsonPatched,
  Object.keys(kind.parts).length === 0 ? merged : partWritten,
  Object.keys(kind.parts).length === 0 ? applied : partWritten,
  kind.scalable ? scaled : strategicallyMerged,
  managedFieldsSet,
  appliedByClient,
  deleted,
];
