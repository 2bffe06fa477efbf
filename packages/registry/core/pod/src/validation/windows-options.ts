import {
  invalid,
  isDNS1123Subdomain,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { WindowsSecurityContextOptions } from '@keelson/kubernetes-api/core/v1';
import { problems } from './findings.ts';

const mostSpecBytes = 64 * 1024;
const netBios = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const dnsPart = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const dnsName = new RegExp(`^${dnsPart}(?:\\.${dnsPart})*$`);

/** Behaviour: core/validation validateWindowsSecurityContextOptions, v1.37. */
export function validateWindowsOptions(
  options: WindowsSecurityContextOptions | undefined,
  path: FieldPath,
): FieldError[] {
  if (options === undefined) return [];
  const {
    gmsaCredentialSpecName: specName,
    gmsaCredentialSpec: spec,
    runAsUserName: user,
  } = options;
  const errors =
    specName === undefined
      ? []
      : problems(path.child('gmsaCredentialSpecName'), specName, isDNS1123Subdomain(specName));
  if (spec === '')
    errors.push(
      invalid(
        path.child('gmsaCredentialSpec'),
        spec,
        'gmsaCredentialSpec cannot be an empty string',
      ),
    );
  else if (spec !== undefined && Buffer.byteLength(spec) > mostSpecBytes) {
    errors.push(
      invalid(
        path.child('gmsaCredentialSpec'),
        spec,
        'gmsaCredentialSpec size must be under 64 KiB',
      ),
    );
  }
  return user === undefined
    ? errors
    : [...errors, ...problems(path.child('runAsUserName'), user, userNameProblems(user))];
}

function userNameProblems(name: string): string[] {
  if (name === '') return ['runAsUserName cannot be an empty string'];
  // eslint-disable-next-line no-control-regex -- these are what it is about
  if (/[\x00-\x1f\x7f]/.test(name)) return ['runAsUserName cannot contain control characters'];
  const parts = name.split('\\');
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash'];
  const [user = '', domain] = parts.reverse();
  const found: string[] = [];
  if (Buffer.byteLength(domain ?? '') >= 256)
    found.push("runAsUserName's Domain length must be under 256 characters");
  if (domain !== undefined && !netBios.test(domain) && !dnsName.test(domain)) {
    found.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
  }
  if (user === '') found.push("runAsUserName's User cannot be empty");
  else if (Buffer.byteLength(user) > 104)
    found.push("runAsUserName's User length must not be longer than 104 characters");
  if (/^[. ]+$/.test(user))
    found.push("runAsUserName's User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user))
    found.push('runAsUserName\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]');
  return found;
}
