import {
  badRequestError,
  FieldSelector,
  invalidError,
  parseFieldSelector,
  parseLabelSelector,
  SelectorSyntaxError,
  validatePatchOptions,
  validateWriteOptions,
  type LabelSelectorMatcher,
} from '@keelson/api-machinery';
import { isTrue } from './request-info.ts';

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
  const force = query.get('force');
  const errors =
    kind === 'PatchOptions'
      ? validatePatchOptions(
          { ...options, ...(force === null ? {} : { force: isTrue(force) }) },
          apply,
        )
      : validateWriteOptions(options);
  if (errors.length > 0) throw invalidError({ group: meta, kind }, '', errors);
  return {
    dryRun: dryRun.length > 0,
    fieldManager: options.fieldManager,
    // Validated above; the empty one is the default.
    fieldValidation: (options.fieldValidation || 'Warn') as WriteQuery['fieldValidation'],
    force: isTrue(force),
  };
}

export interface SelectionQuery {
  readonly labelSelector?: LabelSelectorMatcher;
  readonly fieldSelector?: FieldSelector;
}

export interface SelectableFields {
  readonly kind: string;
  readonly version: string;
  readonly names: readonly string[];
  readonly namespace: boolean;
}

/** The selectors of a list, a watch or the deletion of a collection. Throws 400. */
export function selectionQuery(query: URLSearchParams, fields: SelectableFields): SelectionQuery {
  const labels = query.get('labelSelector') ?? '';
  const fieldText = query.get('fieldSelector') ?? '';
  return {
    ...(labels === '' ? {} : { labelSelector: parsed(() => parseLabelSelector(labels)) }),
    ...(fieldText === ''
      ? {}
      : {
          fieldSelector: knownFields(
            parsed(() => parseFieldSelector(fieldText)),
            fields,
          ),
        }),
  };
}

function parsed<S>(parse: () => S): S {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SelectorSyntaxError) throw badRequestError(error.message);
    throw error;
  }
}

/** Kinds that say their own fields say less when they are asked for others. Behaviour: runtime.DefaultMetaV1FieldSelectorConversion. */
function knownFields(
  selector: FieldSelector,
  { names, namespace }: SelectableFields,
): FieldSelector {
  for (const { field } of selector.requirements) {
    if (
      field === 'metadata.name' ||
      (field === 'metadata.namespace' && namespace) ||
      names.includes(field)
    )
      continue;
    if (names.length > 0 || !namespace)
      throw badRequestError(`field label not supported: ${field}`);
    throw badRequestError(
      `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
    );
  }
  return selector;
}

/** A whole number of the query; undefined when absent or empty. Throws 400 as Go's conversion does. */
export function integerQuery(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  const why = /^[+-]?\d+$/.test(text) ? 'value out of range' : 'invalid syntax';
  throw badRequestError(`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`);
}
