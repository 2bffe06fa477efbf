/** One path of a group's version, as OpenAPI needs to know it. */
export interface DescribedPath {
  /** `pods`, `pods/status`. */
  readonly path: string;
  readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
  /** The type of what it carries, e.g. `core/v1.Pod`. */
  readonly typeId: string;
  readonly namespaced: boolean;
  /** Kubernetes' verbs, as discovery lists them. */
  readonly verbs: readonly string[];
}

/** What one group and version serves. */
export interface DescribedGroupVersion {
  readonly group: string;
  readonly version: string;
  readonly paths: readonly DescribedPath[];
}

/** `api/v1`, `apis/apps/v1`: how OpenAPI's index names a group version. */
export const documentName = ({
  group,
  version,
}: Pick<DescribedGroupVersion, 'group' | 'version'>): string =>
  group === '' ? `api/${version}` : `apis/${group}/${version}`;

/** Where it is served. */
export const rootOf = (groupVersion: Pick<DescribedGroupVersion, 'group' | 'version'>): string =>
  `/${documentName(groupVersion)}`;
