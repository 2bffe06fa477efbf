import {
  badRequestError,
  goQuote,
  parseFieldSelector,
  parseLabelSelector,
  SelectorSyntaxError,
  type FieldSelector,
  type LabelSelectorMatcher,
} from '@keelson/api-machinery';
import type { Storage } from '@keelson/rest-interfaces';

export interface Selectors {
  readonly labelSelector?: LabelSelectorMatcher;
  readonly fieldSelector?: FieldSelector;
}

/** The selectors of a query. Throws 400 for what is none. */
export function parseSelectors(query: URLSearchParams): Selectors {
  const labels = query.get('labelSelector') ?? '';
  const fields = query.get('fieldSelector') ?? '';
  return {
    ...(labels === '' ? {} : { labelSelector: parsed(() => parseLabelSelector(labels)) }),
    ...(fields === '' ? {} : { fieldSelector: parsed(() => parseFieldSelector(fields)) }),
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

/** Throws 400 for a field that a storage does not select by. Kinds that say their own fields say less when they are asked for others. Behaviour: runtime.DefaultMetaV1FieldSelectorConversion. */
export function knownFields(
  { requirements }: FieldSelector,
  { selectableFields = [], namespaceSelectable = true }: Storage,
): void {
  const known = new Set([
    'metadata.name',
    ...(namespaceSelectable ? ['metadata.namespace'] : []),
    ...selectableFields,
  ]);
  const unknown = requirements.find(({ field }) => !known.has(field))?.field;
  if (unknown === undefined) return;
  if (selectableFields.length > 0 || !namespaceSelectable)
    throw badRequestError(`field label not supported: ${unknown}`);
  throw badRequestError(
    `${goQuote(unknown)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
  );
}
