import { goQuote } from '@keelson/api-machinery';
import type { AuthorizationAttributes } from './authorizer.ts';

/** Why a request was refused, in upstream's words. Behaviour: endpoints/handlers/responsewriters forbiddenMessage, v1.37. */
export function forbiddenMessage({
  user,
  verb,
  isResourceRequest,
  path,
  group,
  resource,
  subresource,
  namespace,
}: AuthorizationAttributes): string {
  const who = `User ${goQuote(user.name)} cannot ${verb}`;
  if (!isResourceRequest) return sanitized(`${who} path ${goQuote(path)}`);
  const what = `resource ${goQuote(subresource === '' ? resource : `${resource}/${subresource}`)} in API group ${goQuote(group)}`;
  return sanitized(
    namespace === ''
      ? `${who} ${what} at the cluster scope`
      : `${who} ${what} in the namespace ${goQuote(namespace)}`,
  );
}

/** What the client has sent must not look like a page. */
const sanitized = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
