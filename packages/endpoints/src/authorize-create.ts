import { forbiddenError } from '@keelson/api-machinery';
import { forbiddenMessage } from '@keelson/authorization';
import type { Exchange } from './endpoint.ts';

/** Throws 403 unless the user may create what an update or an apply is about to make. Behaviour: handlers withAuthorization. */
export async function authorizeCreate({ request, settings }: Exchange): Promise<void> {
  const attributes = { ...request.info, verb: 'create', user: request.user };
  const { verdict, reason } = await settings.authorize(attributes);
  if (verdict === 'allow') return;
  const message = forbiddenMessage(attributes);
  const why = reason === undefined ? message : `${message}: ${reason}`;
  throw forbiddenError(request.info, request.info.name, why);
}
