import type { RequestInfo } from '@keelson/endpoints';

const subresources = new Set(['attach', 'exec', 'proxy', 'log', 'portforward']);

/** Requests that last as long as their client wants. Behaviour: server/filters BasicLongRunningRequestCheck, as kube-apiserver sets it up. */
export function isLongRunning({ isResourceRequest, verb, subresource }: RequestInfo): boolean {
  return (
    isResourceRequest && (verb === 'watch' || verb === 'proxy' || subresources.has(subresource))
  );
}
