import { invalidError, validatePatchOptions, validateWriteOptions } from '@keelson/api-machinery';
import { booleanOf } from './query-values.ts';

/** The options of a write, from its query. */
export interface WriteQuery {
  readonly dryRun: boolean;
  readonly fieldManager: string;
  readonly fieldValidation: 'Ignore' | 'Warn' | 'Strict';
  readonly force: boolean;
}

const meta = 'meta.k8s.io';

/** Throws 422 for values that are none. `kind` names the options in the error. */
export function writeQuery(
  query: URLSearchParams,
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
  apply = false,
): WriteQuery {
  const dryRun = query.getAll('dryRun');
  const options = {
    dryRun,
    fieldManager: query.get('fieldManager') ?? '',
    fieldValidation: query.get('fieldValidation') ?? '',
  };
  const force = booleanOf(query, 'force');
  const errors =
    kind === 'PatchOptions'
      ? validatePatchOptions({ ...options, ...(force === undefined ? {} : { force }) }, apply)
      : validateWriteOptions(options);
  if (errors.length > 0) throw invalidError({ group: meta, kind }, '', errors);
  return {
    dryRun: dryRun.length > 0,
    fieldManager: options.fieldManager,
    // Validated above; the empty one is the default.
    fieldValidation: (options.fieldValidation || 'Warn') as WriteQuery['fieldValidation'],
    force: force === true,
  };
}
