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

function hasLabels(selection: Selection | undefined): boolean {
  return selection?.labels !== undefined && !selection.labels.empty;
}

function hasFields(selection: Selection | undefined): boolean {
  return selection?.fields !== undefined && selection.fields.requirements.length > 0;
}
