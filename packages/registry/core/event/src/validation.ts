import {
  fieldPath,
  invalid,
  isQualifiedName,
  required,
  type FieldError,
} from '@keelson/api-machinery';
import type { Event } from '@keelson/kubernetes-api/core/v1';

const namespacePath = fieldPath('involvedObject', 'namespace');
const shortLimit = 128;
const messageLimit = 1024;

/** Behaviour: pkg/apis/core/validation/events.go legacyValidateEvent, v1.37: what core/v1 asks of events. */
export function validateEvent(event: Event): FieldError[] {
  return event.eventTime ? validateNewStyle(event) : validateNamespaces(event);
}

const mismatch = (namespace: string | undefined): FieldError =>
  invalid(namespacePath, namespace ?? '', 'does not match event.namespace');

function validateNamespaces({ metadata, involvedObject }: Event): FieldError[] {
  const own = metadata.namespace ?? '';
  const involved = involvedObject.namespace ?? '';
  const fits = involved === '' ? own === '' || own === 'default' : own === involved;
  return fits ? [] : [mismatch(involved)];
}

function validateNewStyle(event: Event): FieldError[] {
  const {
    metadata,
    involvedObject,
    reportingComponent,
    reportingInstance,
    action = '',
    reason = '',
    message = '',
  } = event;
  const errors: FieldError[] = [];
  const own = metadata.namespace ?? '';
  if (!involvedObject.namespace && own !== 'default' && own !== 'kube-system')
    errors.push(mismatch(involvedObject.namespace));
  if (reportingComponent === '') errors.push(required('reportingComponent'));
  errors.push(
    ...isQualifiedName(reportingComponent).map((problem) =>
      invalid('reportingComponent', reportingComponent, problem),
    ),
  );
  errors.push(...validateText('reportingInstance', reportingInstance, shortLimit, true));
  errors.push(...validateText('action', action, shortLimit, true));
  errors.push(...validateText('reason', reason, shortLimit, true));
  errors.push(...validateText('message', message, messageLimit, false));
  return errors;
}

function validateText(field: string, value: string, limit: number, needed: boolean): FieldError[] {
  if (needed && value === '') return [required(field)];
  return Buffer.byteLength(value) > limit
    ? [invalid(field, '', `can have at most ${limit} characters`)]
    : [];
}
