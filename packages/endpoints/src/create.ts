import { badRequestError, type KubernetesObject } from '@keelson/api-machinery';
import { updateManagedFields } from '@keelson/field-management';
import { emptyObject } from './empty-object.ts';
import type { Creater } from '@keelson/rest-interfaces';
import { readObject } from './body.ts';
import {
  admissionAttributes,
  dedupeOwnerReferences,
  managerOf,
  type Exchange,
} from './endpoint.ts';
import { acceptedOf } from './get.ts';
import type { ApiResponse } from './http.ts';
import { writeQuery } from './write-query.ts';
import { respondObject } from './respond-object.ts';
import { formatTime } from '@keelson/api-machinery';

/** POST: to a collection, or to a subresource that is an action. */
export async function create(exchange: Exchange, storage: Creater): Promise<ApiResponse> {
  const { request, scope, settings, context, warnings } = exchange;
  const accepted = acceptedOf(exchange);
  const query = writeQuery(request.query, 'CreateOptions');
  const object = await readObject(exchange, query);
  if (scope.storage.preservesSystemFields !== true) wipeSystemFields(object);
  setNamespace(object, exchange);
  dedupeOwnerReferences(object, warnings, false);
  const name = scope.subresource === '' ? (object.metadata.name ?? '') : request.info.name;
  if (scope.schema.fields.some((field) => field.name === 'metadata') && scope.subresource === '')
    noteManager(exchange, object, query.fieldManager);
  const attributes = admissionAttributes(exchange, {
    operation: 'CREATE',
    object,
    old: undefined,
    dryRun: query.dryRun,
    name,
  });
  await settings.admission.admit(attributes);
  dedupeOwnerReferences(object, warnings, true);
  const validate = (admitted: KubernetesObject) =>
    settings.admission.validate({ ...attributes, object: admitted });
  const item = await storage.create(
    object,
    { dryRun: query.dryRun, validate },
    context,
    request.info.name,
  );
  return respondObject(exchange, 201, accepted, item);
}

/** What only the server sets is not the client's to bring. */
function wipeSystemFields({ metadata }: KubernetesObject): void {
  delete metadata.creationTimestamp;
  delete metadata.uid;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.selfLink;
}

/** Throws 400 for an object of another namespace than the request's. Behaviour: registry/rest EnsureObjectNamespaceMatchesRequestNamespace. */
function setNamespace({ metadata }: KubernetesObject, { scope, context }: Exchange): void {
  const given = metadata.namespace ?? '';
  if (given === context.namespace) return;
  if (given !== '' && context.namespace !== '') {
    throw badRequestError(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (context.namespace === '') delete metadata.namespace;
  else if (scope.namespaced) metadata.namespace = context.namespace;
}

/** Notes who set the fields of a new object. */
function noteManager(
  { request, scope }: Exchange,
  object: KubernetesObject,
  fieldManager: string,
): void {
  updateManagedFields(undefined, object, {
    manager: managerOf(fieldManager, request.headers['user-agent']),
    subresource: scope.subresource,
    time: formatTime(request.clock.now()),
    schema: scope.schema,
    resetFields: scope.storage.resetFields ?? [],
    empty: emptyObject(scope.schema),
  });
}
