import { formatTime } from '@keelson/api-machinery';
import {
  fieldSetOf,
  kubernetesSchema,
  recursiveDifference,
  type FieldSet,
  type FieldWrite,
} from '@keelson/field-management';
import { emptyObject } from './empty-object.ts';
import { managerOf, type Exchange } from './endpoint.ts';

/** An exchange's write, as field management sees it. */
export function fieldWrite({ request, scope }: Exchange, fieldManager: string): FieldWrite {
  const { resetFields = [] } = scope.storage;
  return {
    manager: managerOf(fieldManager, request.headers['user-agent']),
    subresource: scope.subresource,
    time: formatTime(request.clock.now()),
    kind: scope.kind,
    schema: kubernetesSchema(scope.schema),
    empty: emptyObject(scope.schema),
    ...(resetFields.length === 0 ? {} : { reset: withoutFields(resetFields) }),
  };
}

type Paths = readonly (readonly string[])[];

const known = new WeakMap<Paths, (set: FieldSet) => FieldSet>();

/** Takes the fields at some paths, and what is below them, out of sets. */
function withoutFields(paths: Paths): (set: FieldSet) => FieldSet {
  const found = known.get(paths);
  if (found !== undefined) return found;
  const fields = fieldSetOf(paths.map((path) => path.map((name) => `f:${name}`)));
  const made = (set: FieldSet) => recursiveDifference(set, fields);
  known.set(paths, made);
  return made;
}
