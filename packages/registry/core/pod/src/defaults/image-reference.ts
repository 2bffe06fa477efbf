// What an image's name says about its tag. Behaviour: github.com/distribution/reference ParseNormalizedNamed.

const domainLabel = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `(?:${domainLabel}(?:\\.${domainLabel})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const tag = '\\w[\\w.-]{0,127}';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const reference = new RegExp(
  `^((?:${domain}/)?${component}(?:/${component})*)(?::(${tag}))?(?:@(${digest}))?$`,
);
const hub = 'library/';
const longestPath = 255;
const identifier = /^[a-f0-9]{64}$/;

/** The tag that an image's name asks for: `latest` when it gives neither tag nor digest; `''` when there is none, or the name is malformed. */
export function imageTag(image: string): string {
  if (image.length === 64 && identifier.test(image)) return '';
  const match = reference.exec(image);
  if (match === null) return '';
  const [, name = '', given = '', digested] = match;
  if (name.length + hub.length > longestPath && pathOf(name).length > longestPath) return '';
  return given === '' && digested === undefined ? 'latest' : given;
}

/** The name without the registry; what is in no folder is in Docker Hub's own. */
function pathOf(name: string): string {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const isRegistry = /[.:A-Z]/.test(first) || first === 'localhost';
  const path = isRegistry ? name.slice(slash + 1) : name;
  const isHub = !isRegistry || first === 'docker.io' || first === 'index.docker.io';
  return isHub && !path.includes('/') ? hub + path : path;
}
