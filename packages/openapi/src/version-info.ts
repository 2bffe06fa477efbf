import type { TypeSchema } from '@keelson/kubernetes-api';

/** What a server says only when it plays an older one. */
const optional = [
  'emulationMajor',
  'emulationMinor',
  'minCompatibilityMajor',
  'minCompatibilityMinor',
];
const required = [
  'major',
  'minor',
  'gitVersion',
  'gitCommit',
  'gitTreeState',
  'buildDate',
  'goVersion',
  'compiler',
  'platform',
];

/** The type of `/version`, which no API group has. Facts: k8s.io/apimachinery pkg/version Info, v1.37. */
export const versionInfo: TypeSchema = {
  id: 'version/Info',
  name: 'Info',
  required,
  fields: [
    ...required.map((name) => ({ name, type: 'string', default: '' }) as const),
    ...optional.map((name) => ({ name, type: 'string' }) as const),
  ],
};
