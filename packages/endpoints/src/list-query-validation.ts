import { forbidden, notSupported, type FieldError } from '@keelson/api-machinery';
import type { ListQuery } from './list-query.ts';

// Behaviour: k8s.io/apimachinery apis/meta/internalversion/validation ValidateListOptions, v1.37.
const field = 'resourceVersionMatch';
const wholly = 'NotOlderThan';

/** What makes no sense together. */
export function validateListQuery(query: ListQuery): FieldError[] {
  return query.watch ? validateWatch(query) : validateList(query);
}

function validateList(query: ListQuery): FieldError[] {
  const { resourceVersionMatch: match, resourceVersion, sendInitialEvents } = query;
  const errors: FieldError[] = [];
  if (match !== '') {
    if (resourceVersion === '')
      errors.push(
        forbidden(field, 'resourceVersionMatch is forbidden unless resourceVersion is provided'),
      );
    errors.push(...validateNoToken(query));
    if (match !== 'Exact' && match !== wholly)
      errors.push(notSupported(field, match, ['Exact', wholly, '']));
    if (match === 'Exact' && resourceVersion === '0')
      errors.push(
        forbidden(field, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
      );
  }
  if (sendInitialEvents !== undefined)
    errors.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  return errors;
}

function validateWatch(query: ListQuery): FieldError[] {
  const { resourceVersionMatch: match, sendInitialEvents } = query;
  const errors: FieldError[] = [];
  if (sendInitialEvents !== undefined && match !== wholly)
    errors.push(
      forbidden(field, 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'),
    );
  if (match === '') return errors;
  if (sendInitialEvents === undefined)
    errors.push(
      forbidden(
        field,
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ),
    );
  if (match !== wholly) errors.push(notSupported(field, match, [wholly]));
  return [...errors, ...validateNoToken(query)];
}

const validateNoToken = (query: ListQuery): FieldError[] =>
  query.continue === ''
    ? []
    : [forbidden(field, 'resourceVersionMatch is forbidden when continue is provided')];
