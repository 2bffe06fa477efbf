import { badRequestError } from '@keelson/api-machinery';

/** Where a resource's objects live in the backend. */
export interface Keys {
  /** The prefix of a namespace's objects; of all with `''`. Ends with a slash. */
  collection(namespace: string): string;
  /** Throws 400 for a name that is no path segment, so that no key leaves its prefix. */
  object(namespace: string, name: string): string;
  /** The key as it is below the root. */
  belowRoot(key: string): string;
}

/** Keys in kube-apiserver's layout: `/registry/<prefix>/[<namespace>/]<name>`. */
export function createKeys(root: string, prefix: string, namespaced: boolean): Keys {
  const all = `${root}/${prefix}/`;
  const collection = (namespace: string): string =>
    namespaced && namespace !== '' ? `${all}${pathSegment(namespace, 'Namespace')}/` : all;
  return {
    collection,
    object: (namespace, name) => {
      if (namespaced && namespace === '') throw badRequestError('Namespace parameter required.');
      if (name === '') throw badRequestError('Name parameter required.');
      return collection(namespace) + pathSegment(name, 'Name');
    },
    belowRoot: (key) => key.slice(root.length),
  };
}

// Behaviour: k8s.io/apimachinery api/validation/path IsValidPathSegmentName.
function pathSegment(text: string, what: string): string {
  const wrong = problemOf(text);
  if (wrong !== undefined)
    throw badRequestError(`${what} parameter invalid: ${JSON.stringify(text)}: ${wrong}`);
  return text;
}

function problemOf(text: string): string | undefined {
  if (text === '.' || text === '..') return `may not be '${text}'`;
  if (!text.includes('/') && !text.includes('%')) return undefined;
  const found = ['/', '%'].filter((character) => text.includes(character));
  return found.map((character) => `may not contain '${character}'`).join(', ');
}
