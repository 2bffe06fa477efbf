import {
  fieldPath,
  invalid,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import { readAnnotatedList, readAnnotatedStruct } from '@keelson/registry-core-pod';
import { validateTaints } from './taints.ts';

const path = fieldPath('metadata', 'annotations');
const taintsKey = 'scheduler.alpha.kubernetes.io/taints';
const avoidKey = 'scheduler.alpha.kubernetes.io/preferAvoidPods';

/** What was said in annotations before it had fields. Behaviour: core/validation ValidateNodeSpecificAnnotations, v1.37. */
export function validateAnnotations(annotations: Record<string, string> = {}): FieldError[] {
  const { [taintsKey]: taints, [avoidKey]: avoided } = annotations;
  return [
    ...(taints ? validateAnnotatedTaints(taints) : []),
    ...(avoided ? validateAvoidedPods(avoided) : []),
  ];
}

function validateAnnotatedTaints(text: string): FieldError[] {
  const taints = readAnnotatedList(text, {
    name: 'core.Taint',
    fields: { key: 'string', value: 'string', effect: 'string', timeAdded: 'time' },
  });
  if (typeof taints === 'string') return [invalid(path, taintsKey, taints)];
  const read = taints.map((taint) => ({ key: '', effect: '', ...taint }));
  return validateTaints(read, path.child(taintsKey));
}

function validateAvoidedPods(text: string): FieldError[] {
  const avoided = readAnnotatedStruct(text, {
    name: 'v1.AvoidPods',
    fields: { preferAvoidPods: '[]v1.PreferAvoidPodsEntry' },
  });
  if (typeof avoided === 'string') return [invalid(path.child('AvoidPods'), avoidKey, avoided)];
  // Every part of it may be missing or be something else.
  const pods = (avoided['preferAvoidPods'] ?? []) as readonly AvoidedPods[];
  return pods.flatMap((one, index) =>
    validateController(one, path.child(avoidKey).index(index).child('PodSignature')),
  );
}

/** As far as anything is asked of it. */
interface AvoidedPods {
  readonly podSignature?: { readonly podController?: { readonly controller?: boolean } };
}

function validateController(pods: AvoidedPods | null, signature: FieldPath): FieldError[] {
  const controller = pods?.podSignature?.podController;
  if (!controller) return [required(signature)];
  return controller.controller === true
    ? []
    : [
        invalid(
          signature.child('PodController', 'Controller'),
          false,
          'must point to a controller',
        ),
      ];
}
