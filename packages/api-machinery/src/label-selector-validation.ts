import { forbidden, invalid, required, type FieldError } from './field-error.ts';
import type { FieldPath } from './field-path.ts';
import type { LabelSelector, LabelSelectorRequirement } from './gen/meta-v1.ts';
import { isQualifiedName, isValidLabelValue } from './names.ts';
import { validateLabels } from './object-meta-validation.ts';

export interface LabelSelectorRules {
  /** For updates of objects that hold such values already. */
  readonly allowInvalidLabelValue?: boolean;
}

/** What is wrong with a selector in an object's spec. Behaviour: apis/meta/v1/validation ValidateLabelSelector. */
export function validateLabelSelector(
  selector: LabelSelector | null | undefined,
  path: FieldPath,
  rules: LabelSelectorRules = {},
): FieldError[] {
  if (selector === null || selector === undefined) return [];
  return [
    ...validateLabels(selector.matchLabels, path.child('matchLabels')),
    ...(selector.matchExpressions ?? []).flatMap((expression, index) =>
      validateRequirement(expression, path.child('matchExpressions').index(index), rules),
    ),
  ];
}

function validateRequirement(
  { key, operator, values }: LabelSelectorRequirement,
  path: FieldPath,
  rules: LabelSelectorRules,
): FieldError[] {
  const errors: FieldError[] = [];
  const given = values ?? [];
  if (operator === 'In' || operator === 'NotIn') {
    if (given.length === 0)
      errors.push(
        required(path.child('values'), "must be specified when `operator` is 'In' or 'NotIn'"),
      );
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (given.length > 0)
      errors.push(
        forbidden(
          path.child('values'),
          "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        ),
      );
  } else {
    errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'));
  }
  errors.push(...isQualifiedName(key).map((problem) => invalid(path.child('key'), key, problem)));
  if (rules.allowInvalidLabelValue === true) return errors;
  given.forEach((value, index) => {
    errors.push(
      ...isValidLabelValue(value).map((problem) =>
        invalid(path.child('values').index(index), value, problem),
      ),
    );
  });
  return errors;
}
