import type { GroupVersionKind, KubernetesObject } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import type { Representation } from '@keelson/rest-interfaces';
import { encodeJson } from '@keelson/serialization';
import type { Transform } from './negotiate.ts';
import { apiVersionOf } from './transforms.ts';

const metadataSchema = schemaOf('meta/v1.ObjectMeta');

/** An object's metadata alone, as JSON without a newline. Made once per object and version. */
export function partialMetadata(
  item: Representation<KubernetesObject>,
  transform: Transform,
): Uint8Array {
  return item.encoded(`partial-${transform.version}`, ({ object }) =>
    Buffer.concat([
      Buffer.from(
        `{"kind":"PartialObjectMetadata","apiVersion":"${apiVersionOf(transform)}","metadata":`,
      ),
      encodeJson(object.metadata, metadataSchema),
      Buffer.from('}'),
    ]),
  );
}

/** Go's name for the type of a kind's list, as some errors name it. */
export function goListType(kind: GroupVersionKind, listKind: string): string {
  const pkg = kind.group === '' ? 'core' : (kind.group.split('.')[0] ?? '');
  return `*${pkg}.${listKind}`;
}
