import { badRequestError, type KubernetesObject } from '@keelson/api-machinery';
import { updateManagedFields } from '@keelson/field-management';
import type { Creater } from '@keelson/rest-interfaces';
import { admit } from './admit.ts';
import { readObject } from './body.ts';
import { admissionAttributes, dedupeOwnerReferences, type Exchange } from './endpoint.ts';
import { fieldWrite } from './field-write.ts';
import { acceptedOf } from './get.ts';
import type { ApiResponse } from './http.ts';
import { withinLimits } from './too-large.ts';
import { writeQuery } from './write-query.ts';
import { respondObject } from './respond-object.ts';

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
    updateManagedFields(undefined, object, fieldWrite(exchange, query.fieldManager));
  const attributes = admissionAttributes(exchange, {
    operation: 'CREATE',
    object,
    old: undefined,
    dryRun: query.dryRun,
    name,
  });
  await admit(exchange, attributes);
  dedupeOwnerReferences(object, warnings, true);
  const validate = (admitted: KubernetesObject) =>
    settings.admission.validate({ ...attributes, object: admitted });
  const item = await withinLimits((finish) => {
    finish(object);
    return storage.create(object, { dryRun: query.dryRun, validate }, context, request.info.name);
  });
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
