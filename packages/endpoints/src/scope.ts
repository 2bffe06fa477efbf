import type { GroupVersionKind, GroupResource } from '@keelson/api-machinery';
import type { Storage } from '@keelson/rest-interfaces';
import type { TypeSchema } from '@keelson/kubernetes-api';

/** One path of the API below a group's version: a resource or a subresource, and its storage. */
export interface Scope {
  /** `pods`, `pods/status`. */
  readonly path: string;
  readonly resource: string;
  readonly subresource: string;
  /** The group and version that it is served under; its kind may be of another one. */
  readonly group: string;
  readonly version: string;
  readonly groupResource: GroupResource;
  readonly kind: GroupVersionKind;
  readonly namespaced: boolean;
  readonly storage: Storage;
  readonly schema: TypeSchema;
  /** The storage of the resource itself, for a subresource. */
  readonly parent: Storage;
}
