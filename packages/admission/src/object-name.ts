import { goQuote } from '@keelson/api-machinery';
/**
 * Upstream looks some objects up with a client of its own API, which cannot even ask for a name that is no segment of a path.
 * What it says then; undefined for names that it can ask for. Behaviour: k8s.io/client-go rest Request.Name, v1.37.
 */
export function lookupProblem(name: string): string | undefined {
  if (name === '') return 'resource name may not be empty';
  const why = segmentProblem(name);
  return why === undefined ? undefined : `invalid resource name ${goQuote(name)}: [${why}]`;
}

/** Behaviour: k8s.io/apimachinery api/validation/path IsValidPathSegmentName. */
function segmentProblem(name: string): string | undefined {
  if (name === '.' || name === '..') return `may not be '${name}'`;
  const illegal = ['/', '%'].filter((character) => name.includes(character));
  return illegal.length === 0
    ? undefined
    : illegal.map((character) => `may not contain '${character}'`).join(' ');
}
