import type { Selection } from './object-storage.ts';
import type { Snapshot } from './snapshot.ts';

/** The test of a selection; `undefined` when it lets everything through, so that nothing needs parsing. */
export function selectionTest(
  selection: Selection | undefined,
): ((snapshot: Snapshot) => boolean) | undefined {
  const labels = hasLabels(selection) ? selection?.labels : undefined;
  const fields = hasFields(selection) ? selection?.fields : undefined;
  if (labels === undefined && fields === undefined) return undefined;
  return ({ attributes }) =>
    (labels === undefined || labels.matches(attributes.labels)) &&
    (fields === undefined || fields.matches(attributes.fields));
}

/** What a selection asks for, as text; `undefined` when that does not tell it from others. */
export function selectionText(selection: Selection | undefined): readonly string[] | undefined {
  const labels = selection?.labels?.toString() ?? '';
  // The selector that nothing fits has no text.
  if (hasLabels(selection) && labels === '') return undefined;
  return [labels, selection?.fields?.toString() ?? ''];
}

function hasLabels(selection: Selection | undefined): boolean {
  return selection?.labels !== undefined && !selection.labels.empty;
}

function hasFields(selection: Selection | undefined): boolean {
  return selection?.fields !== undefined && selection.fields.requirements.length > 0;
}
