import type { JsonValue } from '@keelson/api-machinery';
import { isObject, type JsonObject } from './json.ts';
import { pathOf, type Kind } from './kinds.ts';
import type { Random } from '@keelson/storage-backend/testing';
import type { Request } from './server.ts';

/** An object that is written again and again. */
export interface Subject {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
}

/** A request, made from what one server has. Both get the same unless what they have is in it. */
export type Step = (live: JsonValue) => Request;

const managers = ['one', 'two', 'three', 'kubectl'] as const;
const json = 'application/json-patch+json';
const merge = 'application/merge-patch+json';
const strategic = 'application/strategic-merge-patch+json';
const apply = 'application/apply-patch+yaml';

/** What to do next. */
export function randomStep(random: Random, subject: Subject, live: JsonValue): Step {
  const { kind } = subject;
  if (!isObject(live) || live['kind'] !== kind.kind)
    return random.chance(33) ? created(random, subject) : applied(random, subject);
  const steps: readonly [Maker, ...Maker[]] = [
    applied,
    applied,
    applied,
    applied,
    applied,
    applied,
    merged,
    merged,
    strategicallyMerged,
    strategicallyMerged,
    updated,
    (r, s) => jsonPatched(r, s, live),
    kind.status === undefined ? applied : statusWritten,
    kind.status === undefined ? merged : statusWritten,
    kind.scalable ? scaled : applied,
    managedFieldsSet,
    deleted,
  ];
  return random.pick(steps)(random, subject);
}

type Maker = (random: Random, subject: Subject) => Step;

function query(random: Random, more = ''): string {
  const dryRun = random.chance(8) ? '&dryRun=All' : '';
  return `?fieldManager=${random.pick(managers)}${dryRun}${more}`;
}

const objectOf = ({ kind, name }: Subject, content: JsonObject): JsonObject => ({
  apiVersion: kind.apiVersion,
  kind: kind.kind,
  ...content,
  metadata: { ...(content['metadata'] as JsonObject | undefined), name },
});

const pathTo = ({ kind, namespace, name }: Subject, sub = ''): string =>
  `${pathOf(kind, namespace, name)}${sub}`;

/** Both at once, the second one where they meet; lists as wholes. */
function together(a: JsonObject, b: JsonObject): JsonObject {
  const both: JsonObject = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const own = both[key];
    both[key] = isObject(own) && isObject(value) ? together(own, value) : value;
  }
  return both;
}

const complete = (random: Random, { kind }: Subject): JsonObject =>
  together(kind.content(random), kind.required);

function created(random: Random, subject: Subject): Step {
  const path = `${pathOf(subject.kind, subject.namespace, '')}${query(random)}`;
  const body = objectOf(subject, complete(random, subject));
  return () => ({ method: 'POST', path, body });
}

function applied(random: Random, subject: Subject): Step {
  const force = random.chance(50) ? '&force=true' : '';
  const content = random.chance(25) ? subject.kind.content(random) : complete(random, subject);
  const body = objectOf(subject, content);
  const path = pathTo(subject, query(random, force));
  return () => ({ method: 'PATCH', path, type: apply, body });
}

function merged(random: Random, subject: Subject): Step {
  const body = withNulls(random, subject.kind.content(random));
  const path = pathTo(subject, query(random));
  return () => ({ method: 'PATCH', path, type: merge, body });
}

function strategicallyMerged(random: Random, subject: Subject): Step {
  const body = withDirectives(random, subject.kind.content(random));
  const path = pathTo(subject, query(random));
  return () => ({ method: 'PATCH', path, type: strategic, body });
}

function withNulls(random: Random, value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      random.chance(12) ? null : withNulls(random, member),
    ]),
  );
}

/** What items are known by: which of several without one is complained of is an accident of sorting. */
const keys = new Set([
  'name',
  'uid',
  'type',
  'key',
  'containerPort',
  'port',
  'ip',
  'address',
  'topologyKey',
]);

function withDirectives(random: Random, value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withDirectives(random, item));
  if (!isObject(value)) return value;
  const content = Object.entries(value).map(([key, member]): [string, JsonValue] => [
    key,
    random.chance(10) && !keys.has(key) ? null : withDirectives(random, member),
  ]);
  const directive: [string, JsonValue][] = random.chance(10)
    ? [['$patch', random.pick(['replace', 'delete'])]]
    : [];
  return Object.fromEntries([...directive, ...content]);
}

function updated(random: Random, subject: Subject): Step {
  const content = complete(random, subject);
  const path = pathTo(subject, query(random));
  const keepsFields = random.chance(50);
  return (live) => {
    const metadata = isObject(live) && isObject(live['metadata']) ? { ...live['metadata'] } : {};
    if (!keepsFields) delete metadata['managedFields'];
    const said = isObject(content['metadata']) ? content['metadata'] : {};
    const body = { ...objectOf(subject, content), metadata: { ...metadata, ...said } };
    return { method: 'PUT', path, body };
  };
}

function jsonPatched(random: Random, subject: Subject, live: JsonValue): Step {
  const length = 1 + random.below(2);
  const body = Array.from({ length }, () => randomOperation(random, subject, live));
  const path = pathTo(subject, query(random));
  return () => ({ method: 'PATCH', path, type: json, body });
}

function randomOperation(random: Random, { kind }: Subject, live: JsonValue): JsonValue {
  const content = kind.content(random);
  const known = pointersIn(live).filter(isWritten);
  const said = pointersIn(content);
  const target = said[random.below(said.length)] ?? '/metadata/labels/a';
  const op = random.pick(['add', 'replace', 'remove', 'test'] as const);
  if (op === 'remove') return { op, path: known[random.below(known.length)] ?? target };
  return { op, path: target, value: valueOf(content, target) };
}

/** Whether clients write what is there. */
const isWritten = (pointer: string): boolean =>
  !/managedFields|uid|resourceVersion|Timestamp|generation|\/apiVersion|\/kind|\/name/.test(
    pointer,
  );

function valueOf(value: JsonValue, pointer: string): JsonValue {
  const path = pointer.split('/').slice(1);
  const names = path.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce<JsonValue>(
    (found, name) => (Object(found) as { [name: string]: JsonValue })[name] ?? null,
    value,
  );
}

function pointersIn(value: JsonValue, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  const entries: [string, JsonValue][] = Array.isArray(value)
    ? value.map((item, index) => [String(index), item])
    : Object.entries(value);
  const inner = entries.flatMap(([key, member]) =>
    pointersIn(member, `${prefix}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
  return prefix === '' ? inner : [prefix, ...inner];
}

function statusWritten(random: Random, subject: Subject): Step {
  const status = subject.kind.status?.(random) ?? {};
  const type = random.pick([apply, apply, merge, strategic]);
  const force = type === apply && random.chance(50) ? '&force=true' : '';
  const path = pathTo(subject, `/status${query(random, force)}`);
  const body =
    type === apply ? objectOf(subject, { status }) : { status: withNulls(random, status) };
  return () => ({ method: 'PATCH', path, type, body });
}

function scaled(random: Random, subject: Subject): Step {
  const spec = { replicas: random.below(3) };
  const isApply = random.chance(50);
  const force = isApply && random.chance(50) ? '&force=true' : '';
  const path = pathTo(subject, `/scale${query(random, force)}`);
  const scale = {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name: subject.name },
    spec,
  };
  return () => ({
    method: 'PATCH',
    path,
    type: isApply ? apply : merge,
    body: isApply ? scale : { spec },
  });
}

function managedFieldsSet(random: Random, subject: Subject): Step {
  const entry = {
    manager: random.pick(managers),
    operation: random.pick(['Apply', 'Update', 'Update', 'Create']),
    apiVersion: random.pick([subject.kind.apiVersion, subject.kind.apiVersion, 'v9']),
    time: '2020-01-01T00:00:00Z',
    fieldsType: 'FieldsV1',
    fieldsV1: random.pick<JsonValue>([
      { 'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } } },
      {
        'f:spec': {
          'f:replicas': {},
          'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"a"}': {} } } },
        },
      },
      { 'f:data': {} },
      { 'f:spec': { 'f:selector': { 'f:x': {} } } },
      { bad: {} },
    ]),
  };
  const managedFields = random.pick<JsonValue>([
    [entry],
    [entry],
    [],
    [{}],
    [entry, { ...entry, manager: 'other' }],
  ]);
  const path = pathTo(subject, query(random));
  return () => ({ method: 'PATCH', path, type: merge, body: { metadata: { managedFields } } });
}

function deleted(random: Random, subject: Subject): Step {
  if (!random.chance(25)) return applied(random, subject);
  return () => ({ method: 'DELETE', path: pathTo(subject, '?gracePeriodSeconds=0') });
}
