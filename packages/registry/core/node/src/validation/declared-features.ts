import { duplicate, fieldPath, goQuote, invalid, type FieldError } from '@keelson/api-machinery';

const featureName = /^[A-Z][a-zA-Z0-9]*(\/[a-zA-Z][a-zA-Z0-9]*)*$/;
const longest = 253;

/** What a kubelet can do, in order. Behaviour: core/validation validateNodeDeclaredFeatures, v1.37. */
export function validateDeclaredFeatures(features: readonly string[] = []): FieldError[] {
  const path = fieldPath('status', 'declaredFeatures');
  return features.flatMap((feature, index) => {
    const next = features[index + 1];
    const problem = nameProblem(feature);
    return [
      ...(problem === undefined ? [] : [invalid(path.index(index), feature, problem)]),
      ...(next === feature ? [duplicate(path.index(index + 1), next)] : []),
      ...(next !== undefined && next < feature
        ? [invalid(path.index(index + 1), next, 'list must be sorted alphabetically')]
        : []),
    ];
  });
}

function nameProblem(name: string): string | undefined {
  const subject = `invalid feature name ${goQuote(name)}`;
  if (Buffer.byteLength(name) > longest)
    return `${subject}: must be no more than ${longest} characters`;
  return featureName.test(name)
    ? undefined
    : `${subject}: must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes`;
}
