import { forbiddenError } from '@keelson/api-machinery';
import type { Exchange } from './endpoint.ts';

const verb = 'unsafe-delete-ignore-read-errors';

/** Throws 403 unless the user may delete what cannot be read. Behaviour: handlers authorizeUnsafeDelete. */
export async function authorizeUnsafeDelete({ request, settings }: Exchange): Promise<void> {
  const attributes = { ...request.info, verb, user: request.user };
  const { verdict, reason = '' } = await settings.authorize(attributes);
  if (verdict === 'allow') return;
  const why = `not permitted to do "${verb}", reason: ${reason}`;
  throw forbiddenError(request.info, request.info.name, why);
}
