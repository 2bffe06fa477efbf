import type {
  DeleteOptions as DeleteOptionsBody,
  FieldSelector,
  LabelSelectorMatcher,
} from '@keelson/api-machinery';

export interface GetOptions {
  readonly resourceVersion?: string;
}

export interface ListOptions {
  readonly labelSelector?: LabelSelectorMatcher;
  readonly fieldSelector?: FieldSelector;
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: string;
  readonly limit?: number;
  readonly continue?: string;
}

export interface WatchOptions {
  readonly labelSelector?: LabelSelectorMatcher;
  readonly fieldSelector?: FieldSelector;
  readonly resourceVersion?: string;
  readonly sendInitialEvents?: boolean;
  readonly allowWatchBookmarks?: boolean;
  /** When it ends, in the clock's milliseconds. */
  readonly deadline?: number;
}

/** Validating admission, called with what is about to be stored; throws the StatusError of a refusal. */
export type AdmissionValidation<T> = (object: T, old: T | undefined) => Promise<void>;

export interface CreateOptions<T = unknown> {
  readonly dryRun: boolean;
  readonly validate?: AdmissionValidation<T>;
}

export interface UpdateOptions<T = unknown> {
  readonly dryRun: boolean;
  /** For an update of an existing object. */
  readonly validate?: AdmissionValidation<T>;
  /** For the create that an update of a missing object turns into. */
  readonly validateCreate?: AdmissionValidation<T>;
  /** Creates a missing object although the strategy does not allow it: apply does. */
  readonly forceAllowCreate?: boolean;
}

export interface DeleteOptions<T = unknown> extends Pick<
  DeleteOptionsBody,
  | 'gracePeriodSeconds'
  | 'ignoreStoreReadErrorWithClusterBreakingPotential'
  | 'orphanDependents'
  | 'preconditions'
  | 'propagationPolicy'
> {
  readonly dryRun: boolean;
  readonly validate?: (object: T) => Promise<void>;
}
