// ResourceFixture of @keelson/generic-registry/testing over HTTP: the same requests, asked of the kube-apiserver of $ORACLE.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { apiGroups } from '../turbo/generators/api-groups.mjs';

const folder = process.env.ORACLE ?? '';
const server = /server: "?([^"\s,}]+)/.exec(readFileSync(join(folder, 'kubeconfig'), 'utf8'))?.[1];
const file = (name) => readFileSync(join(folder, 'pki', name));
const agent = new Agent({
  keepAlive: true,
  ca: file('ca.crt'),
  cert: file('admin.crt'),
  key: file('admin.key'),
});

function send(method, path, body) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  };
  return new Promise((resolve, reject) => {
    request(`${server}${path}`, { method, agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          ok: (response.statusCode ?? 500) < 300,
          object: JSON.parse(Buffer.concat(chunks).toString()),
          warnings: warningsOf(response.headers.warning ?? ''),
        }),
      );
    })
      .on('error', reject)
      .end(text);
  });
}

const warningsOf = (header) =>
  [...header.matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map(([, text]) =>
    text.replace(/\\(.)/g, '$1'),
  );

function answered({ ok, object, warnings }) {
  if (ok) return { object, problems: [], warnings };
  const causes = object.details?.causes ?? [];
  const problems = causes.map(({ field, message }) => `${field}: ${message}`);
  return { problems: problems.length === 0 ? [object.message] : problems, warnings };
}

function cannotBeAsked() {
  throw new Error('kube-apiserver lets nobody look into its store: this test cannot be asked');
}

export class ResourceFixture {
  #resource;
  #apiVersion;
  #collection;
  #name = 'one';

  static async open(resource) {
    const fixture = new ResourceFixture();
    const [, group, version] = /^(\w+)\/(\w+)\./.exec(resource.typeId);
    const { name } = apiGroups[group];
    fixture.#resource = resource;
    fixture.#apiVersion = name === '' ? version : `${name}/${version}`;
    const prefix = name === '' ? `/api/${version}` : `/apis/${fixture.#apiVersion}`;
    const namespace = resource.strategy.namespaced ? '/namespaces/default' : '';
    fixture.#collection = `${prefix}${namespace}/${resource.plural}`;
    await fixture.#clear();
    return fixture;
  }

  /** The store is upstream's own. */
  get opened() {
    return cannotBeAsked();
  }

  async create(body = {}) {
    const metadata = { name: 'one', ...body.metadata };
    this.#name = metadata.name;
    await this.#clear();
    const { kind } = this.#resource;
    const object = { kind, apiVersion: this.#apiVersion, ...body, metadata };
    return answered(await send('POST', this.#collection, object));
  }

  async update(change, subresource) {
    // A subresource that cannot be read shows the object.
    const { object } = await send('GET', this.#path(subresource === 'finalize' ? '' : subresource));
    // What Go's types always have, tests expect to be there.
    object.spec ??= {};
    object.status ??= {};
    change(object);
    return answered(await send('PUT', `${this.#path(subresource)}?fieldValidation=Ignore`, object));
  }

  async get(subresource) {
    return answered(await send('GET', this.#path(subresource)));
  }

  async delete() {
    const answer = answered(await send('DELETE', this.#path()));
    const { ok } = await send('GET', this.#path());
    return { ...answer, deleted: !ok };
  }

  async [Symbol.asyncDispose]() {
    await this.#clear();
  }

  #path(subresource = '') {
    const name = encodeURIComponent(this.#name);
    return `${this.#collection}/${name}${subresource === '' ? '' : `/${subresource}`}`;
  }

  /** Deletes what stands under the name, whatever holds it. */
  async #clear() {
    await send('DELETE', `${this.#path()}?gracePeriodSeconds=0`);
    const { ok, object } = await send('GET', this.#path());
    if (!ok) return;
    delete object.metadata.finalizers;
    const held = this.#resource.plural === 'namespaces' ? 'finalize' : '';
    await send('PUT', this.#path(held), { ...object, spec: { ...object.spec, finalizers: [] } });
  }
}

// What all resources promise is ours to hold.
export const describeResourceContract = () => undefined;
export const aContext = () => ({});
export const openTestStore = cannotBeAsked;
export const decoded = cannotBeAsked;
