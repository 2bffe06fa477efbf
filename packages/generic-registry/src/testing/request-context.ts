import type { RequestContext } from '@keelson/rest-interfaces';

/** A request's context for tests; `warnings` collects what is warned of. */
export function aContext(
  overrides: Partial<RequestContext> & { readonly warnings?: string[] } = {},
): RequestContext {
  const { warnings = [], ...rest } = overrides;
  return {
    user: { name: 'tester', groups: ['system:masters', 'system:authenticated'] },
    namespace: '',
    warn: (text) => void warnings.push(text),
    signal: new AbortController().signal,
    ...rest,
  };
}
