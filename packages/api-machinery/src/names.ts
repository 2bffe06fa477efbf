// The rules for names, as functions that return all that is wrong with a value (nothing when it is fine).
// Behaviour: k8s.io/apimachinery util/validation and api/validate/content, v1.37: clients match on these texts.

import type { Int64 } from './scalars.ts';

/** What is wrong with a value; empty when it is fine. */
export type Problems = readonly string[];

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const label1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const wildcardSubdomain = `\\*\\.${subdomain}`;
const qualifiedName = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValue = `(${qualifiedName})?`;
const configMapKey = '[-._a-zA-Z0-9]+';
const environmentVariable = '[-._a-zA-Z][-._a-zA-Z0-9]*';
const relaxedEnvironmentVariable = '[ -<>-~]+';
const portName = '(?=[-0-9]*[a-z])[a-z0-9]+(-[a-z0-9]+)*';
const httpHeader = '[-A-Za-z0-9]+';
const cIdentifier = '[A-Za-z_][A-Za-z0-9_]*';
const percent = '[0-9]+%';

const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`);
const patterns = {
  label: whole(label),
  subdomain: whole(subdomain),
  label1035: whole(label1035),
  wildcardSubdomain: whole(wildcardSubdomain),
  qualifiedName: whole(qualifiedName),
  labelValue: whole(labelValue),
  configMapKey: whole(configMapKey),
  environmentVariable: whole(environmentVariable),
  relaxedEnvironmentVariable: whole(relaxedEnvironmentVariable),
  prefixedName: whole(`${subdomain}/${qualifiedName}`),
  portName: whole(portName),
  httpHeader: whole(httpHeader),
  cIdentifier: whole(cIdentifier),
  percent: whole(percent),
};

/** What upstream's newer rules, those of labels, say of the same. Behaviour: apimachinery api/validate/content MaxLenError. */
const maxBytesProblem = (length: number): string => `must be no more than ${length} bytes`;

/** `must be no more than 63 characters`. */
export function maxLengthProblem(length: number): string {
  return `must be no more than ${length} characters`;
}

/** The text for a value that does not match a pattern, with examples of values that do. */
export function patternProblem(
  message: string,
  pattern: string,
  ...examples: readonly string[]
): string {
  if (examples.length === 0) return `${message} (regex used for validation is '${pattern}')`;
  return `${message} (e.g. ${examples.map((example) => `'${example}', `).join(' or ')}regex used for validation is '${pattern}')`;
}

/** `must be between 1 and 65535, inclusive`. */
export function rangeProblem(low: number, high: number): string {
  return `must be between ${low} and ${high}, inclusive`;
}

const bytes = (text: string): number => Buffer.byteLength(text);

/** Whether nothing is wrong, as with most values. All that the patterns let pass is ASCII: as many bytes as characters. */
const isFine = (value: string, most: number, pattern: RegExp): boolean =>
  value.length <= most && pattern.test(value);

const labelText =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
const subdomainText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

/** A DNS-1123 label, at most 63 characters. */
export function isDNS1123Label(value: string): Problems {
  if (isFine(value, 63, patterns.label)) return [];
  const problems: string[] = [];
  if (bytes(value) > 63) problems.push(maxLengthProblem(63));
  if (patterns.label.test(value)) return problems;
  // A subdomain that is no label has dots, and that is what it says.
  problems.push(
    patterns.subdomain.test(value)
      ? 'must not contain dots'
      : patternProblem(labelText, label, 'my-name', '123-abc'),
  );
  return problems;
}

/** A DNS-1123 subdomain, at most 253 characters. */
export function isDNS1123Subdomain(value: string): Problems {
  if (isFine(value, 253, patterns.subdomain)) return [];
  const problems: string[] = [];
  if (bytes(value) > 253) problems.push(maxLengthProblem(253));
  if (!patterns.subdomain.test(value))
    problems.push(patternProblem(subdomainText, subdomain, 'example.com'));
  return problems;
}

/** A subdomain before a label's name: the newer rules count it in bytes. */
function prefixProblems(value: string): Problems {
  const [tooLong, correct] = [maxLengthProblem(253), maxBytesProblem(253)];
  return isDNS1123Subdomain(value).map((problem) => (problem === tooLong ? correct : problem));
}

/** A DNS-1035 label: starts with a letter. */
export function isDNS1035Label(value: string): Problems {
  if (isFine(value, 63, patterns.label1035)) return [];
  const problems: string[] = [];
  if (bytes(value) > 63) problems.push(maxLengthProblem(63));
  if (!patterns.label1035.test(value)) {
    problems.push(
      patternProblem(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
        label1035,
        'my-name',
        'abc-123',
      ),
    );
  }
  return problems;
}

/** `*.` and a subdomain. */
export function isWildcardDNS1123Subdomain(value: string): Problems {
  const problems: string[] = [];
  if (bytes(value) > 253) problems.push(maxLengthProblem(253));
  if (!patterns.wildcardSubdomain.test(value)) {
    problems.push(
      patternProblem(
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
        wildcardSubdomain,
        '*.example.com',
      ),
    );
  }
  return problems;
}

const qualifiedNameText =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/** A label's key: `[prefix/]name`. */
export function isQualifiedName(value: string): Problems {
  const pattern = value.includes('/') ? patterns.prefixedName : patterns.qualifiedName;
  if (isFine(value, 63, pattern)) return [];
  const parts = value.split('/');
  const rule = patternProblem(qualifiedNameText, qualifiedName, 'MyName', 'my.name', '123-abc');
  if (parts.length > 2) {
    return [
      `a valid label key ${rule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const problems: string[] = [];
  const name = parts.at(-1) ?? '';
  if (parts.length === 2) {
    const prefix = parts[0] ?? '';
    if (prefix === '') problems.push('prefix part must be non-empty');
    else problems.push(...prefixProblems(prefix).map((problem) => `prefix part ${problem}`));
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (bytes(name) > 63) problems.push(`name part ${maxBytesProblem(63)}`);
  if (!patterns.qualifiedName.test(name)) problems.push(`name part ${rule}`);
  return problems;
}

/** A label's value: at most 63 characters, may be empty. */
export function isValidLabelValue(value: string): Problems {
  if (isFine(value, 63, patterns.labelValue)) return [];
  const problems: string[] = [];
  if (bytes(value) > 63) problems.push(maxBytesProblem(63));
  if (!patterns.labelValue.test(value)) {
    problems.push(
      patternProblem(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        labelValue,
        'MyValue',
        'my_value',
        '12345',
      ),
    );
  }
  return problems;
}

function changesDirectory(value: string): Problems {
  if (value === '.') return ["must not be '.'"];
  if (value === '..') return ["must not be '..'"];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

/** A key of a config map or a secret. */
export function isConfigMapKey(value: string): Problems {
  const problems: string[] = [];
  if (bytes(value) > 253) problems.push(maxLengthProblem(253));
  if (!patterns.configMapKey.test(value)) {
    problems.push(
      patternProblem(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        configMapKey,
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    );
  }
  return [...problems, ...changesDirectory(value)];
}

/** An environment variable's name by the strict rule. */
export function isEnvVarName(value: string): Problems {
  const problems: string[] = [];
  if (!patterns.environmentVariable.test(value)) {
    problems.push(
      patternProblem(
        "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
        environmentVariable,
        'my.env-name',
        'MY_ENV.NAME',
        'MyEnvName1',
      ),
    );
  }
  return [...problems, ...changesDirectory(value)];
}

/** An environment variable's name by the rule that pods follow: printable ASCII but `=`. */
export function isRelaxedEnvVarName(value: string): Problems {
  if (value === '') return ['environment variable name must be non-empty'];
  return patterns.relaxedEnvironmentVariable.test(value)
    ? []
    : [
        "a valid environment variable name must consist only of printable ASCII characters other than '='",
      ];
}

/** A name as in C. */
export function isCIdentifier(value: string): Problems {
  if (patterns.cIdentifier.test(value)) return [];
  return [
    patternProblem(
      "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
      cIdentifier,
      'my_name',
      'MY_NAME',
      'MyName',
    ),
  ];
}

/** An HTTP header's name. */
export function isHTTPHeaderName(value: string): Problems {
  return patterns.httpHeader.test(value)
    ? []
    : [
        patternProblem(
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          httpHeader,
          'X-Header-Name',
        ),
      ];
}

/** A service port's name: at most 15 characters, at least one letter. */
export function isValidPortName(value: string): Problems {
  if (isFine(value, 15, patterns.portName)) return [];
  const problems: string[] = [];
  if (bytes(value) > 15) problems.push(maxLengthProblem(15));
  if (!/^[-a-z0-9]+$/.test(value))
    problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(value)) problems.push('must contain at least one letter (a-z)');
  if (value.includes('--')) problems.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-'))
    problems.push('must not begin or end with a hyphen');
  return problems;
}

/** 1 to 65535. */
export function isValidPortNum(value: number): Problems {
  return value >= 1 && value <= 65535 ? [] : [rangeProblem(1, 65535)];
}

/** `25%`. */
export function isValidPercent(value: string): Problems {
  return patterns.percent.test(value)
    ? []
    : [
        patternProblem(
          "a valid percent string must be a numeric string followed by an ending '%'",
          percent,
          '1%',
          '93%',
        ),
      ];
}

/** A Unix user or group id. */
export function isValidUserID(value: Int64): Problems {
  return value >= 0 && value <= 2147483647 ? [] : [rangeProblem(0, 2147483647)];
}

/** The same rule, for groups. */
export function isValidGroupID(value: Int64): Problems {
  return isValidUserID(value);
}

/** A rule for `metadata.name`; `prefix` says that something will be appended. */
export type NameRule = (name: string, prefix: boolean) => Problems;

/** A trailing dash of a prefix is fine: what is appended follows it. */
const masked = (name: string, prefix: boolean): string =>
  prefix && name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;

export const nameIsDNSSubdomain: NameRule = (name, prefix) =>
  isDNS1123Subdomain(masked(name, prefix));
export const nameIsDNSLabel: NameRule = (name, prefix) => isDNS1123Label(masked(name, prefix));
export const nameIsDNS1035Label: NameRule = (name, prefix) => isDNS1035Label(masked(name, prefix));

/** The least that any name fulfils: it stays within its place in a path. */
export const nameIsPathSegment: NameRule = (name, prefix) => {
  if (!prefix && name === '.') return ["may not be '.'"];
  if (!prefix && name === '..') return ["may not be '..'"];
  if (!name.includes('/') && !name.includes('%')) return [];
  return ['/', '%']
    .filter((character) => name.includes(character))
    .map((character) => `may not contain '${character}'`);
};
