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
    why: 'connections to nodes, pods and services are not served yet',
    fits: ({ path }) => /\/(log|exec|attach|portforward|proxy)(\/|\?|$)/.test(path),
  },
  {
    why: 'a quantity is canonical once it is read here; Go still knows the fraction that it has rounded up, and warns of it',
    fits: named(/^spec: many digits$/),
  },
  {
    why: 'the type of OpenAPI’s index is known before it is looked at, and told although it is not sent',
    fits: named(/^(GET|POST) \/openapi\/v3 \{"if-(none-match":"\*|match|unmodified-since)/),
  },
  {
    why: 'a part of a document is of the document; upstream compresses long parts, which is then a part of nothing that can be put together',
    fits: named(
      /^(GET|POST) \/openapi\/v2(\?hash=AB)? \{"range":"bytes=0-1999","accept-encoding":"gzip"/,
    ),
  },
  {
    why: 'lists what is served, and not everything is yet: resources, groups, paths, schemas',
    fits: named(
      /^(GET \/api\/v1\/?|GET \/apis(\/apps\/v1)?|GET \/|GET \/index\.html|(groups|resources|the schema index) as .*)$/,
    ),
  },
];
