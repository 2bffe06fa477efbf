import {
  goQuote,
  invalid,
  isDNS1123Label,
  isDNS1123Subdomain,
  required,
  tooLong,
  type FieldError,
  type FieldPath,
  type Problems,
} from '@keelson/api-machinery';

/** A domain with a path: `example.com/signer`. Behaviour: core/validation ValidateSignerName, v1.37. */
export function validateSignerName(name: string, path: FieldPath): FieldError[] {
  if (name === '') return [required(path)];
  const [domain = '', signer = '', ...more] = name.split('/');
  if (!name.includes('/') || more.length > 0) {
    return [
      invalid(
        path,
        name,
        "must be a fully qualified domain and path of the form 'example.com/signer-name'",
      ),
    ];
  }
  const errors = Buffer.byteLength(domain) > 253 ? [tooLong(path, 253)] : [];
  errors.push(...validateParts(domain, isDNS1123Label, path));
  if (!domain.includes('.'))
    errors.push(
      invalid(path, domain, 'should be a domain with at least two segments separated by dots'),
    );
  errors.push(...validateParts(signer, isDNS1123Subdomain, path));
  return Buffer.byteLength(name) > 571 ? [...errors, tooLong(path, 571)] : errors;
}

/** What is wrong with the first bad part; the others would say the same. */
function validateParts(
  name: string,
  rule: (part: string) => Problems,
  path: FieldPath,
): FieldError[] {
  for (const part of name.split('.')) {
    const found = rule(part);
    if (found.length > 0)
      return found.map((problem) =>
        invalid(path, name, `validating label ${goQuote(part)}: ${problem}`),
      );
  }
  return [];
}

/** Whether a signer is Kubernetes' own. */
export function isKubernetesSigner(name: string): boolean {
  const [domain = ''] = name.split('/');
  return domain === 'kubernetes.io' || domain.endsWith('.kubernetes.io');
}
