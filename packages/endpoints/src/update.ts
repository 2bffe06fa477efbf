import { copyJson, type KubernetesObject } from '@keelson/api-machinery';
import { updateManagedFields } from '@keelson/field-management';
import type { Updater, UpdatedObject, UpdateOptions } from '@keelson/rest-interfaces';
import { admit } from './admit.ts';
import { authorizeCreate } from './authorize-create.ts';
import { checkIdentity, readObject } from './body.ts';
import { admissionAttributes, dedupeOwnerReferences, type Exchange } from './endpoint.ts';
import { fieldWrite } from './field-write.ts';
import { acceptedOf } from './get.ts';
import type { ApiResponse } from './http.ts';
import { withinLimits, type Finish } from './too-large.ts';
import { writeQuery, type WriteQuery } from './write-query.ts';
import { respondObject } from './respond-object.ts';

/** PUT. */
export async function update(exchange: Exchange, storage: Updater): Promise<ApiResponse> {
  const { request, context, warnings } = exchange;
  const accepted = acceptedOf(exchange);
  const query = writeQuery(request.query, 'UpdateOptions');
  const sent = await readObject(exchange, query);
  checkIdentity(exchange, sent);
  dedupeOwnerReferences(sent, warnings, false);
  const { uid } = sent.metadata;
  const updated = (finish: Finish): UpdatedObject<KubernetesObject> => ({
    ...(uid ? { preconditions: { uid } } : {}),
    // A copy for each attempt: the storage owns what it gets.
    apply: async (current) => {
      const object = await finishUpdate(exchange, query, copyJson(sent), current);
      finish(object);
      return object;
    },
  });
  const options = updateOptions(exchange, query);
  const { item, created } = await withinLimits((finish) =>
    storage.update(request.info.name, updated(finish), options, context),
  );
  return respondObject(exchange, created ? 201 : 200, accepted, item);
}

/** What follows once the new object is known, for PUT and PATCH: who owns its fields, and mutating admission. */
export async function finishUpdate(
  exchange: Exchange,
  query: WriteQuery,
  object: KubernetesObject,
  current: KubernetesObject | undefined,
): Promise<KubernetesObject> {
  updateManagedFields(current, object, fieldWrite(exchange, query.fieldManager));
  return await admitUpdate(exchange, query, object, current);
}

/** Mutating admission of an update, or of the create that it turns into. */
export async function admitUpdate(
  exchange: Exchange,
  query: WriteQuery,
  object: KubernetesObject,
  current: KubernetesObject | undefined,
): Promise<KubernetesObject> {
  const { request, warnings } = exchange;
  const operation = current === undefined ? 'CREATE' : 'UPDATE';
  await admit(
    exchange,
    admissionAttributes(exchange, {
      operation,
      object,
      old: current,
      dryRun: query.dryRun,
      name: request.info.name,
    }),
  );
  dedupeOwnerReferences(object, warnings, true);
  return object;
}

/** Validating admission for both of what an update may become. */
export function updateOptions(
  exchange: Exchange,
  { dryRun }: WriteQuery,
): UpdateOptions<KubernetesObject> {
  const validate =
    (operation: 'CREATE' | 'UPDATE') =>
    (object: KubernetesObject, old: KubernetesObject | undefined): Promise<void> =>
      exchange.settings.admission.validate(
        admissionAttributes(exchange, {
          operation,
          object,
          old,
          dryRun,
          name: exchange.request.info.name,
        }),
      );
  const validateCreate = validate('CREATE');
  return {
    dryRun,
    validate: validate('UPDATE'),
    validateCreate: async (object, old) => {
      await authorizeCreate(exchange);
      await validateCreate(object, old);
    },
  };
}
