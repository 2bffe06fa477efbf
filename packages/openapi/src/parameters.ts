/** A parameter of a query or of a path, told once for both dialects. */
export interface Parameter {
  readonly name: string;
  readonly inPath?: true;
  readonly type: 'string' | 'integer' | 'boolean';
  readonly description: string;
}

export const pretty: Parameter = {
  name: 'pretty',
  type: 'string',
  description: 'Whether the answer is indented for people.',
};
const dryRun: Parameter = {
  name: 'dryRun',
  type: 'string',
  description: 'All: everything is done but stored.',
};
const fieldManager: Parameter = {
  name: 'fieldManager',
  type: 'string',
  description: 'The name that the owner of the changed fields is noted under.',
};
const fieldValidation: Parameter = {
  name: 'fieldValidation',
  type: 'string',
  description: 'What becomes of unknown and duplicate fields: Ignore, Warn or Strict.',
};

/** Of a create and an update. */
export const writeParameters: readonly Parameter[] = [dryRun, fieldManager, fieldValidation];

/** Of a patch. */
export const patchParameters: readonly Parameter[] = [
  ...writeParameters,
  {
    name: 'force',
    type: 'boolean',
    description: 'Takes fields from other managers; with apply only.',
  },
];

/** Of a delete. */
export const deleteParameters: readonly Parameter[] = [
  dryRun,
  {
    name: 'gracePeriodSeconds',
    type: 'integer',
    description: 'How long the object may take to end.',
  },
  {
    name: 'ignoreStoreReadErrorWithClusterBreakingPotential',
    type: 'boolean',
    description: 'Deletes what cannot be read.',
  },
  { name: 'orphanDependents', type: 'boolean', description: 'Deprecated: see propagationPolicy.' },
  {
    name: 'propagationPolicy',
    type: 'string',
    description: 'What becomes of dependents: Orphan, Background or Foreground.',
  },
];

/** The names in a path. */
export const placeholders: Readonly<Record<string, Parameter>> = {
  name: { name: 'name', inPath: true, type: 'string', description: 'name of the object' },
  namespace: {
    name: 'namespace',
    inPath: true,
    type: 'string',
    description: 'object name and auth scope, such as for teams and projects',
  },
};

/** Of a list and a watch. */
export const listParameters: readonly Parameter[] = [
  {
    name: 'allowWatchBookmarks',
    type: 'boolean',
    description: 'Whether a watch may send bookmarks.',
  },
  { name: 'continue', type: 'string', description: 'Goes on where the page before ended.' },
  { name: 'fieldSelector', type: 'string', description: 'Selects objects by their fields.' },
  { name: 'labelSelector', type: 'string', description: 'Selects objects by their labels.' },
  { name: 'limit', type: 'integer', description: 'The most objects of one page.' },
  { name: 'resourceVersion', type: 'string', description: 'How new the answer must be.' },
  { name: 'resourceVersionMatch', type: 'string', description: 'Exact or NotOlderThan.' },
  {
    name: 'sendInitialEvents',
    type: 'boolean',
    description: 'Whether a watch begins with what is there.',
  },
  { name: 'shardSelector', type: 'string', description: 'Selects a part of the objects.' },
  { name: 'timeoutSeconds', type: 'integer', description: 'How long a watch lasts.' },
  { name: 'watch', type: 'boolean', description: 'Watches instead of listing.' },
];

/** Of the deletion of a collection. */
export const collectionDeleteParameters: readonly Parameter[] = [
  ...deleteParameters,
  ...listParameters.filter(({ name }) => name !== 'allowWatchBookmarks' && name !== 'watch'),
];
