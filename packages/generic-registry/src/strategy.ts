import type { FieldError, Int64, KubernetesObject } from '@keelson/api-machinery';
import type { DeleteOptions, RequestContext } from '@keelson/rest-interfaces';

/** How a kind handles its dependents when the client does not say. */
export type DefaultDeletion = 'background' | 'orphan' | 'unsupported';

/** The UID and revision that a deletion is meant for. */
export type DeletionPreconditions = NonNullable<DeleteOptions['preconditions']>;

/** What a graceful deletion is asked for; the hook sets how long the object may take. */
export interface GracefulDeletion {
  /** As the client asked, absent when it did not. */
  gracePeriodSeconds?: Int64;
}

/**
 * What is special about creating, changing and deleting the objects of a kind: an object literal that says only what
 * differs. Hooks get objects that they may change in place (the first parameter) and others that are shared (read only).
 *
 * Order of a create: `prepareForCreate` → `validateObjectMeta` → `validate` → `warningsOnCreate` → `canonicalize`.
 * Order of an update: `prepareForUpdate` → `validateUpdate` → `warningsOnUpdate` → `canonicalize`.
 * Behaviour: k8s.io/apiserver registry/rest RESTCreateStrategy, RESTUpdateStrategy, RESTDeleteStrategy, v1.37.
 */
export interface Strategy<T extends KubernetesObject> {
  readonly namespaced: boolean;
  /** Rules for `metadata.name`: messages of what is wrong with it. DNS-1123 subdomains when absent. */
  validateName?(name: string, prefix: boolean): readonly string[];
  /**
   * Whether upstream's rules of the kind do not look at metadata. Finalizers may then have short names that are not Kubernetes' own, and what is
   * wrong with a new object's metadata is told only when nothing else is. False when absent.
   */
  readonly ignoresMetadata?: boolean;
  /** Clears what clients may not set and sets what the server does, before validation. Generation is the strategy's, too. */
  prepareForCreate?(object: T, context: RequestContext): void;
  /** The same for an update; `old` is read only. */
  prepareForUpdate?(object: T, old: T, context: RequestContext): void;
  /** All that is wrong with a new object, less what ObjectMeta's rules find. */
  validate?(object: T, context: RequestContext): readonly FieldError[];
  /** All that is wrong with a changed object, less what ObjectMeta's rules find. `validate` is used on the new object when absent. */
  validateUpdate?(object: T, old: T, context: RequestContext): readonly FieldError[];
  warningsOnCreate?(object: T, context: RequestContext): readonly string[];
  warningsOnUpdate?(object: T, old: T, context: RequestContext): readonly string[];
  /** Brings a valid object into the form that is stored. */
  canonicalize?(object: T): void;
  /** PUT of a missing object creates it. False when absent. */
  readonly allowCreateOnUpdate?: boolean;
  /** PUT without a resourceVersion overwrites. True when absent. */
  readonly allowUnconditionalUpdate?: boolean;
  /** Checks what a deletion takes for granted, instead of the store: throws Conflict in the kind's own words. */
  checkPreconditions?(object: T, preconditions: DeletionPreconditions): void;
  /**
   * Whether a deletion is graceful: sets `deletion.gracePeriodSeconds` and returns true when the object should be kept,
   * marked, until something else deletes it for good.
   */
  checkGracefulDelete?(object: T, deletion: GracefulDeletion, context: RequestContext): boolean;
  readonly defaultDeletion?: DefaultDeletion;
  /** Whether DELETE answers with the object instead of a Status. */
  readonly returnDeletedObject?: boolean;
  /** A further condition, besides the general one (marked, no finalizers, no grace left), for an update to delete the object. */
  shouldDeleteDuringUpdate?(object: T, old: T): boolean;
  /**
   * Whether a DELETE only marks the object because something other than grace and `metadata.finalizers` holds it: namespaces
   * have finalizers in their spec. The object is marked with a deletionTimestamp on the first such DELETE; the hook may
   * change it then (set a phase). Later ones leave it as it is.
   */
  deferDeletion?(object: T): boolean;
  /** Paths that writers through this strategy do not come to own, e.g. `[['status']]`. */
  readonly resetFields?: readonly (readonly string[])[];
}
