import type { AdmissionAttributes } from '@keelson/admission';
import { managedFieldsProblem } from '@keelson/field-management';
import type { Exchange } from './endpoint.ts';

/**
 * Mutating admission. Managed fields that it has broken are put back as they were, with a warning.
 * Behaviour: k8s.io/apiserver handlers/fieldmanager managedFieldsValidatingAdmissionController.
 */
export async function admit(
  { settings, warnings }: Exchange,
  attributes: AdmissionAttributes,
): Promise<void> {
  const before = attributes.object?.metadata?.managedFields;
  await settings.admission.admit(attributes);
  const { metadata } = attributes.object ?? {};
  if (metadata === undefined || metadata.managedFields === before) return;
  const problem = managedFieldsProblem(metadata.managedFields ?? []);
  if (problem === undefined) return;
  if (before === undefined) delete metadata.managedFields;
  else metadata.managedFields = before;
  warnings.add(
    `.metadata.managedFields was in an invalid state after admission; this could be caused by an outdated mutating admission controller; please fix your requests: ${problem}`,
  );
}
