import {
  duplicate,
  invalid,
  isQualifiedName,
  isValidLabelValue,
  notSupported,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { Taint } from '@keelson/kubernetes-api/core/v1';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** What keeps pods away. Behaviour: core/validation validateNodeTaints, v1.37. */
export function validateTaints(taints: readonly Taint[] = [], path: FieldPath): FieldError[] {
  return taints.flatMap((taint, index) => {
    const { key, effect } = taint;
    const first = taints.findIndex((one) => one.key === key && one.effect === effect);
    const at = path.index(index);
    return [...validateTaint(taint, at), ...(first < index ? [twice(taint, at)] : [])];
  });
}

function validateTaint({ key, value = '', effect }: Taint, path: FieldPath): FieldError[] {
  const errors = isQualifiedName(key).map((problem) => invalid(path.child('key'), key, problem));
  const problems = isValidLabelValue(value);
  if (problems.length > 0) errors.push(invalid(path.child('value'), value, problems.join(';')));
  if (!effect) errors.push(required(path.child('effect')));
  else if (!effects.includes(effect))
    errors.push(notSupported(path.child('effect'), effect, effects));
  return errors;
}

/** The error shows Go's internal type, whose fields have no names of their own. */
function twice({ key, value = '', effect, timeAdded }: Taint, path: FieldPath): FieldError {
  const shown = { Key: key, Value: value, Effect: effect, TimeAdded: timeAdded ?? null };
  const error = duplicate(path, shown);
  return { ...error, body: `${error.body}: taints must be unique by key and effect pair` };
}
