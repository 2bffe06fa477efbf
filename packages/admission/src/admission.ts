import type { GroupResource, GroupVersionKind, KubernetesObject } from '@keelson/api-machinery';
import type { UserInfo } from '@keelson/rest-interfaces';

/** One write that asks to be admitted. Behaviour: k8s.io/apiserver admission.Attributes. */
export interface AdmissionAttributes {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  readonly kind: GroupVersionKind;
  readonly resource: GroupResource & { readonly version: string };
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  /** What is to be stored; mutating plugins change it in place. Undefined for a delete. */
  readonly object: KubernetesObject | undefined;
  /** What is there now. Shared: read only. */
  readonly old: KubernetesObject | undefined;
  readonly dryRun: boolean;
  readonly user: UserInfo;
  warn(text: string): void;
}

/** A plugin says what it handles by having the method; it throws the StatusError of a refusal. */
export interface AdmissionPlugin {
  /** Kubernetes' name of it: `NamespaceLifecycle`. */
  readonly name: string;
  /** Mutating admission: changes `attributes.object` in place. */
  admit?(attributes: AdmissionAttributes): Promise<void>;
  /** Validating admission: looks at what is about to be stored. */
  validate?(attributes: AdmissionAttributes): Promise<void>;
}

/** All plugins, one after the other. */
export interface AdmissionChain {
  admit(attributes: AdmissionAttributes): Promise<void>;
  validate(attributes: AdmissionAttributes): Promise<void>;
}

/** Runs plugins in their order; the first refusal ends it. */
export function createAdmissionChain(plugins: readonly AdmissionPlugin[]): AdmissionChain {
  const mutating = plugins.filter((plugin) => plugin.admit !== undefined);
  const validating = plugins.filter((plugin) => plugin.validate !== undefined);
  return {
    admit: async (attributes) => {
      for (const plugin of mutating) await plugin.admit?.(attributes);
    },
    validate: async (attributes) => {
      for (const plugin of validating) await plugin.validate?.(attributes);
    },
  };
}

/** How plugins see other objects: what this server last saw, or undefined. */
export type ObjectLookup = <T extends KubernetesObject>(
  group: string,
  resource: string,
  namespace: string,
  name: string,
) => Promise<T | undefined>;
