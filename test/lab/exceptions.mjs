// Where the lab's scenarios may differ from kube-apiserver, and why. `agree.mjs` refuses differences that are not here and, run on
// all scenarios, exceptions that nothing needs.

/** The resources that are served. */
const served = new Set([
  'bindings',
  'configmaps',
  'deployments',
  'endpoints',
  'events',
  'namespaces',
  'nodes',
  'poddisruptionbudgets',
  'pods',
  'secrets',
  'serviceaccounts',
  'services',
]);
const resource =
  /^\/apis?\/(?:[^/?]+\/)?v[^/?]+\/(?:watch\/)?(?:namespaces\/[^/?]+\/(?!status|finalize))?([a-z]+)/;

/** Whether a path is of a resource that has its own issue. */
const isLater = ({ path }) => {
  const plural = resource.exec(path)?.[1];
  return plural !== undefined && !served.has(plural);
};
const named =
  (pattern) =>
  ({ name }) =>
    pattern.test(name);

/** The first that fits counts. */
export const exceptions = [
  { why: 'the resource is not served yet', fits: isLater },
  {
    why: 'lists what is served, and not everything is yet: resources, groups, paths, schemas',
    fits: named(
      /^(GET \/api\/v1\/|GET \/|GET \/index\.html|(groups|resources|the schema index) as .*)$/,
    ),
  },
];
