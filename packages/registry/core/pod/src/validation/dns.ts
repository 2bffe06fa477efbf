import {
  invalid,
  patternProblem,
  maxLengthProblem,
  required,
  validateIP,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { HostAlias, PodDNSConfig, PodSpec } from '@keelson/kubernetes-api/core/v1';
import { dnsSubdomain, eachOf } from './findings.ts';

const mostNameservers = 3;
const mostSearches = 32;
const mostSearchCharacters = 2048;

/** Behaviour: core/validation validatePodDNSConfig, v1.37. */
export function validateDnsConfig(
  { dnsConfig: config, dnsPolicy }: PodSpec,
  path: FieldPath,
): FieldError[] {
  if (dnsPolicy === 'None') {
    if (config === undefined)
      return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if (!config.nameservers?.length) {
      return [
        required(
          path.child('nameservers'),
          'must provide at least one DNS nameserver when `dnsPolicy` is None',
        ),
      ];
    }
  }
  return config === undefined ? [] : validateConfig(config, path);
}

function validateConfig(
  { nameservers = [], searches = [], options }: PodDNSConfig,
  path: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  const at = path.child('searches');
  if (nameservers.length > mostNameservers)
    errors.push(
      invalid(path.child('nameservers'), nameservers, 'must not have more than 3 nameservers'),
    );
  errors.push(
    ...eachOf(nameservers, path.child('nameservers'), (address, where) =>
      validateIP(address, where),
    ),
  );
  if (searches.length > mostSearches)
    errors.push(invalid(at, searches, 'must not have more than 32 search paths'));
  if (Buffer.byteLength(searches.join(' ')) > mostSearchCharacters) {
    errors.push(
      invalid(
        at,
        searches,
        'must not have more than 2048 characters (including spaces) in the search list',
      ),
    );
  }
  errors.push(...eachOf(searches, at, validateSearch));
  return [
    ...errors,
    ...eachOf(options, path.child('options'), ({ name }, where) =>
      name ? [] : [required(where, 'must not be empty')],
    ),
  ];
}

const label = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const pattern = `${label}(\\.${label})*`;
const subdomain = new RegExp(`^${pattern}$`);
const text =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";

function validateSearch(search: string, path: FieldPath): FieldError[] {
  if (search === '.') return [];
  const name = search.replace(/\.$/, '');
  const errors: FieldError[] = [];
  if (Buffer.byteLength(name) > 253) errors.push(invalid(path, name, maxLengthProblem(253)));
  if (!subdomain.test(name))
    errors.push(invalid(path, name, patternProblem(text, pattern, 'example.com')));
  return errors;
}

/** Behaviour: core/validation ValidateHostAliases, v1.37. */
export function validateHostAliases(
  aliases: readonly HostAlias[] | undefined,
  path: FieldPath,
): FieldError[] {
  return eachOf(aliases, path, ({ ip, hostnames }, at) => [
    ...validateIP(ip, at.child('ip')),
    ...eachOf(hostnames, at.child('hostnames'), dnsSubdomain),
  ]);
}
