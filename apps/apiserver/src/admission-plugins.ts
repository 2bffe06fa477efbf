import { UsageError } from './flags/usage-error.ts';

/** kube-apiserver's plugins. Behaviour: pkg/kubeapiserver/options AllOrderedPlugins, v1.37. */
const known: readonly string[] = [
  'AlwaysAdmit',
  'NamespaceAutoProvision',
  'NamespaceLifecycle',
  'NamespaceExists',
  'LimitPodHardAntiAffinityTopology',
  'LimitRanger',
  'ServiceAccount',
  'NodeRestriction',
  'TaintNodesByCondition',
  'AlwaysPullImages',
  'ImagePolicyWebhook',
  'PodSecurity',
  'PodNodeSelector',
  'Priority',
  'DefaultTolerationSeconds',
  'PodTolerationRestriction',
  'EventRateLimit',
  'ExtendedResourceToleration',
  'DefaultStorageClass',
  'StorageObjectInUseProtection',
  'PodGroupProtection',
  'OwnerReferencesPermissionEnforcement',
  'PersistentVolumeClaimResize',
  'RuntimeClass',
  'CertificateApproval',
  'CertificateSigning',
  'ClusterTrustBundleAttest',
  'CertificateSubjectRestriction',
  'DefaultIngressClass',
  'DenyServiceExternalIPs',
  'PodTopologyLabels',
  'NodeDeclaredFeatureValidator',
  'PodResizeValidator',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionWebhook',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionWebhook',
  'ResourceQuota',
  'AlwaysDeny',
];

/** Which of them are on unless they are turned off. */
const onByDefault: ReadonlySet<string> = new Set([
  'NamespaceLifecycle',
  'LimitRanger',
  'ServiceAccount',
  'TaintNodesByCondition',
  'PodSecurity',
  'Priority',
  'DefaultTolerationSeconds',
  'DefaultStorageClass',
  'StorageObjectInUseProtection',
  'PodGroupProtection',
  'PersistentVolumeClaimResize',
  'RuntimeClass',
  'CertificateApproval',
  'CertificateSigning',
  'ClusterTrustBundleAttest',
  'CertificateSubjectRestriction',
  'DefaultIngressClass',
  'PodTopologyLabels',
  'NodeDeclaredFeatureValidator',
  'PodResizeValidator',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionWebhook',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionWebhook',
  'ResourceQuota',
]);

/** The plugins that the flags turn off. Throws UsageError for unknown names, and for plugins to turn on that are not there yet. */
export function disabledPlugins(
  enable: readonly string[],
  disable: readonly string[],
): ReadonlySet<string> {
  for (const name of [...enable, ...disable]) {
    if (!known.includes(name))
      throw new UsageError(`admission plugin ${JSON.stringify(name)} is unknown`);
  }
  const both = enable.find((name) => disable.includes(name));
  if (both !== undefined)
    throw new UsageError(
      `[${both}] in enable-admission-plugins and disable-admission-plugins overlapped`,
    );
  const missing = enable.find((name) => !onByDefault.has(name));
  if (missing !== undefined)
    throw new UsageError(
      `--enable-admission-plugins=${missing} needs a capability that Keelson does not have yet`,
    );
  return new Set(disable);
}
