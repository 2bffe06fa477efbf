import type { FieldSet } from './field-set.ts';
import { fieldSetOf } from './path-set.ts';
import { difference } from './set-algebra.ts';

/** Fields of the server's own. Behaviour: managedfields stripMetaManager. */
const unmanaged = fieldSetOf([
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((name) => ['f:metadata', `f:${name}`]),
]);

/** A set without what nobody manages. */
export const managedPart = (set: FieldSet): FieldSet => difference(set, unmanaged);
