import type { ObjectMeta } from '@keelson/api-machinery';
import type { PodSpec } from '@keelson/kubernetes-api/core/v1';

/** What validation must know besides the spec itself. */
export interface PodValidationOptions {
  /** It is a pod's own spec, not a template's. */
  readonly isPod: boolean;
  /** The pod's metadata; absent for templates. */
  readonly metadata?: ObjectMeta;
}

/** What the parts of a spec are checked against. */
export interface SpecContext extends PodValidationOptions {
  readonly spec: PodSpec;
  /** The valid volumes by name. */
  readonly volumes: ReadonlyMap<string, NonNullable<PodSpec['volumes']>[number]>;
  /** The names in `spec.resourceClaims`. */
  readonly claims: ReadonlySet<string>;
}
