import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { PodFixture } from '../testing/pod-fixture.ts';

type Spec = Record<string, unknown>;

/** A spec of one container. */
const c = (more: Spec = {}): Spec => ({ containers: [{ name: 'c', image: 'i', ...more }] });
/** One with a volume that its container mounts. */
const v = (source: Spec, mount: Spec = {}): Spec => ({
  ...c({ volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }] }),
  volumes: [{ name: 'v', ...source }],
});
const node = (expression: Spec): Spec => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } } },
});
const http = { httpGet: { port: 80 } };

/** What is asked for, and what kube-apiserver 1.37 finds wrong with it. */
type Row = readonly [what: string, spec: Spec, problems: readonly string[]];

const rows: Readonly<Record<string, readonly Row[]>> = {
  containers: [
    ['a container without name and image', { containers: [{}] }, [
      'spec.containers[0].name: Required value',
      'spec.containers[0].image: Required value',
    ]],
    ['no containers', { containers: [] }, [
      'spec.containers: Required value',
    ]],
    ['two containers of one name', { containers: [{ name: 'c', image: 'i' }, { name: 'c', image: 'i' }] }, [
      'spec.containers[1].name: Duplicate value: "c"',
    ]],
    ['an image in spaces', c({ image: ' i ' }), [
      'spec.containers[0].image: Invalid value: " i ": must not have leading or trailing whitespace',
    ]],
    ['a pull policy that is none', c({ imagePullPolicy: 'Sometimes' }), [
      'spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
    ]],
    ['a message policy that is none', c({ terminationMessagePolicy: 'Shout' }), [
      'spec.containers[0].terminationMessagePolicy: Unsupported value: "Shout": supported values: "File", "FallbackToLogsOnError"',
    ]],
    ['an init container named as a container', { ...c(), initContainers: [{ name: 'c', image: 'i' }] }, [
      'spec.initContainers[0].name: Duplicate value: "c"',
    ]],
    ['an init container with a readiness probe', { ...c(), initContainers: [{ name: 'i', image: 'i', readinessProbe: http }] }, [
      'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ]],
    ['a restart policy of a container that is none', c({ restartPolicy: 'Maybe' }), [
      'spec.containers[0].restartPolicy: Unsupported value: "Maybe": supported values: "Always", "Never", "OnFailure"',
    ]],
    ['restart rules without a policy', c({ restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [1] } }] }), [
      'spec.containers[0].restartPolicy: Required value: must specify restartPolicy when restart rules are used',
    ]],
    ['restart rules of no exit codes', c({ restartPolicy: 'Never', restartPolicyRules: [{ action: 'Stop' }] }), [
      'spec.containers[0].restartPolicyRules[0].action: Unsupported value: "Stop": supported values: "Restart", "RestartAllContainers"',
      'spec.containers[0].restartPolicyRules[0].exitCodes: Required value: must be specified',
    ]],
    ['resize policies that are none', c({ resizePolicy: [{ resourceName: 'gpu', restartPolicy: 'Maybe' }] }), [
      'spec.containers[0].resizePolicy: Unsupported value: "gpu": supported values: "cpu", "memory"',
      'spec.containers[0].resizePolicy: Unsupported value: "Maybe": supported values: "NotRequired", "RestartContainer"',
    ]],
    ['ephemeral containers at the start', { ...c(), ephemeralContainers: [{ name: 'e', image: 'i' }] }, [
      'spec.ephemeralContainers: Forbidden: cannot be set on create',
    ]],
  ],
  ports: [
    ['port 0', c({ ports: [{ containerPort: 0 }] }), [
      'spec.containers[0].ports[0].containerPort: Required value',
    ]],
    ['a port beyond the last', c({ ports: [{ containerPort: 65536, hostPort: 65536 }] }), [
      'spec.containers[0].ports[0].containerPort: Invalid value: 65536: must be between 1 and 65535, inclusive',
      'spec.containers[0].ports[0].hostPort: Invalid value: 65536: must be between 1 and 65535, inclusive',
    ]],
    ['a protocol in small letters', c({ ports: [{ containerPort: 80, protocol: 'tcp' }] }), [
      'spec.containers[0].ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
    ]],
    ['one name for two ports', c({ ports: [{ name: 'a', containerPort: 80 }, { name: 'a', containerPort: 81 }] }), [
      'spec.containers[0].ports[1].name: Duplicate value: "a"',
    ]],
    ['a port name without letters', c({ ports: [{ name: '80', containerPort: 80 }] }), [
      'spec.containers[0].ports[0].name: Invalid value: "80": must contain at least one letter (a-z)',
    ]],
    ['one host port for two', c({ ports: [{ containerPort: 80, hostPort: 8080 }, { containerPort: 81, hostPort: 8080 }] }), [
      'spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//8080"',
    ]],
    ['another host port on the host\'s network', { hostNetwork: true, ...c({ ports: [{ containerPort: 80, hostPort: 81 }] }) }, [
      'spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
    ]],
  ],
  environment: [
    ['a variable without a name', c({ env: [{ value: 'x' }] }), [
      'spec.containers[0].env[0].name: Required value',
    ]],
    ['a name with an equals sign', c({ env: [{ name: 'a=b' }] }), [
      `spec.containers[0].env[0].name: Invalid value: "a=b": a valid environment variable name must consist only of printable ASCII characters other than '='`,
    ]],
    ['a value and a source', c({ env: [{ name: 'N', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }), [
      'spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
    ]],
    ['no source', c({ env: [{ name: 'N', valueFrom: {} }] }), [
      'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    ]],
    ['two sources', c({ env: [{ name: 'N', valueFrom: { fieldRef: { fieldPath: 'metadata.name' }, secretKeyRef: { name: 's', key: 'k' } } }] }), [
      'spec.containers[0].env[0].valueFrom: Invalid value: "": may not have more than one field specified at a time',
    ]],
    ['a field that there is not', c({ env: [{ name: 'N', valueFrom: { fieldRef: { fieldPath: 'spec.surprise' } } }] }), [
      'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.surprise": error converting fieldPath: field label not supported: spec.surprise',
    ]],
    ['a field that is not for variables', c({ env: [{ name: 'N', valueFrom: { fieldRef: { fieldPath: 'metadata.labels' } } }] }), [
      'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
    ]],
    ['a resource that there is not', c({ env: [{ name: 'N', valueFrom: { resourceFieldRef: { resource: 'limits.gpu' } } }] }), [
      'spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
    ]],
    ['a divisor that is not for processors', c({ env: [{ name: 'N', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1Mi' } } }] }), [
      `spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource`,
    ]],
    ['all of nothing', c({ envFrom: [{}] }), [
      'spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
    ]],
    ['all of two', c({ envFrom: [{ configMapRef: { name: 'a' }, secretRef: { name: 'b' } }] }), [
      'spec.containers[0].envFrom: Invalid value: "": may not have more than one field specified at a time',
    ]],
  ],
  resources: [
    ['a request above its limit', c({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }), [
      'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
    ]],
    ['less than nothing', c({ resources: { requests: { cpu: '-1' } } }), [
      'spec.containers[0].resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0',
    ]],
    ['a resource that there is not', c({ resources: { requests: { gpu: '1' } } }), [
      'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
      'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers',
    ]],
    ['half a device', c({ resources: { limits: { 'example.com/gpu': '500m' } } }), [
      'spec.containers[0].resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer',
      'spec.containers[0].resources.requests[example.com/gpu]: Invalid value: "500m": must be an integer',
    ]],
    ['a device without a limit', c({ resources: { requests: { 'example.com/gpu': '1' } } }), [
      'spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources',
    ]],
    ['huge pages alone', c({ resources: { limits: { 'hugepages-2Mi': '4Mi' } } }), [
      'spec.containers[0].resources: Forbidden: HugePages require cpu or memory',
    ]],
    ['half a huge page', c({ resources: { limits: { 'hugepages-2Mi': '1Mi', cpu: '1' } } }), [
      'spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: "1Mi": 1Mi is not positive integer multiple of hugepages-2Mi',
      'spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: "1Mi": 1Mi is not positive integer multiple of hugepages-2Mi',
    ]],
    ['a claim that the pod has not', c({ resources: { claims: [{ name: 'r' }] } }), [
      'spec.containers[0].resources.claims[0]: Not found: "r": must be one of the names in pod.spec.resourceClaims which is empty',
    ]],
    ['a pod that has less than its containers', { ...c({ resources: { requests: { cpu: '2' } } }), resources: { requests: { cpu: '1' } } }, [
      'spec.resources.requests[cpu]: Invalid value: "1": must be greater than or equal to aggregate container requests of 2',
    ]],
    ['storage for a whole pod', { ...c(), resources: { requests: { 'ephemeral-storage': '1' } } }, [
      'spec.resources.requests[ephemeral-storage]: Unsupported value: "ephemeral-storage": supported values: "cpu", "hugepages-", "memory"',
    ]],
    ['a claim of two sources', { ...c(), resourceClaims: [{ name: 'r', resourceClaimName: 'a', resourceClaimTemplateName: 'b' }] }, [
      'spec.resourceClaims[0]: Invalid value: {"Name":"r","ResourceClaimName":"a","ResourceClaimTemplateName":"b"}: at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
    ]],
    ['a claim of no source', { ...c(), resourceClaims: [{ name: 'r' }] }, [
      'spec.resourceClaims[0]: Invalid value: {"Name":"r","ResourceClaimName":null,"ResourceClaimTemplateName":null}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`',
    ]],
  ],
  probes: [
    ['a probe of nothing', c({ livenessProbe: {} }), [
      'spec.containers[0].livenessProbe: Required value: must specify a handler type',
    ]],
    ['a probe of two kinds', c({ livenessProbe: { ...http, tcpSocket: { port: 80 } } }), [
      'spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type',
    ]],
    ['times below zero', c({ livenessProbe: { ...http, periodSeconds: -1, timeoutSeconds: -1, initialDelaySeconds: -1 } }), [
      'spec.containers[0].livenessProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0',
      'spec.containers[0].livenessProbe.timeoutSeconds: Invalid value: -1: must be greater than or equal to 0',
      'spec.containers[0].livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0',
    ]],
    ['a liveness probe that must succeed twice', c({ livenessProbe: { ...http, successThreshold: 2 } }), [
      'spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
    ]],
    ['a readiness probe with a grace period', c({ readinessProbe: { ...http, terminationGracePeriodSeconds: 5 } }), [
      'spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 5: must not be set for readinessProbes',
    ]],
    ['a probe of port 0 by an odd scheme', c({ livenessProbe: { httpGet: { port: 0, scheme: 'ftp' } } }), [
      'spec.containers[0].livenessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive',
      'spec.containers[0].livenessProbe.httpGet.scheme: Unsupported value: "ftp": supported values: "HTTP", "HTTPS"',
    ]],
    ['an empty command', c({ livenessProbe: { exec: {} } }), [
      'spec.containers[0].livenessProbe.exec.command: Required value',
    ]],
    ['a handler of nothing', c({ lifecycle: { preStop: {} } }), [
      'spec.containers[0].lifecycle.preStop: Required value: must specify a handler type',
    ]],
    ['a sleep beyond the grace period', c({ lifecycle: { preStop: { sleep: { seconds: 500 } } } }), [
      'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 500: must be non-negative and less than terminationGracePeriodSeconds (30)',
    ]],
  ],
  volumes: [
    ['a volume of two sources', v({ emptyDir: {}, hostPath: { path: '/' } }), [
      'spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type',
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ]],
    ['two volumes of one name', { ...c(), volumes: [{ name: 'v', emptyDir: {} }, { name: 'v', emptyDir: {} }] }, [
      'spec.volumes[1].name: Duplicate value: "v"',
    ]],
    ['a mount of no volume', c({ volumeMounts: [{ name: 'none', mountPath: '/x' }] }), [
      'spec.containers[0].volumeMounts[0].name: Not found: "none"',
    ]],
    ['a mount to nowhere', v({ emptyDir: {} }, { mountPath: '' }), [
      'spec.containers[0].volumeMounts[0].mountPath: Required value',
    ]],
    ['two mounts in one place', { ...c({ volumeMounts: [{ name: 'v', mountPath: '/x' }, { name: 'v', mountPath: '/x' }] }), volumes: [{ name: 'v', emptyDir: {} }] }, [
      'spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/x": must be unique',
    ]],
    ['a sub path that climbs', v({ emptyDir: {} }, { subPath: '../x' }), [
      `spec.containers[0].volumeMounts.subPath: Invalid value: "../x": must not contain '..'`,
    ]],
    ['a sub path and an expression', v({ emptyDir: {} }, { subPath: 'a', subPathExpr: 'b' }), [
      'spec.containers[0].volumeMounts[0].subPathExpr: Invalid value: "b": subPathExpr and subPath are mutually exclusive',
    ]],
    ['propagation both ways', v({ emptyDir: {} }, { mountPropagation: 'Bidirectional' }), [
      'spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers',
    ]],
    ['read-only all the way down, but writable', v({ emptyDir: {} }, { recursiveReadOnly: 'Enabled' }), [
      'spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true',
    ]],
    ['a mode beyond all bits', v({ configMap: { name: 'c', defaultMode: 1000 } }), [
      'spec.volumes[0].configMap.defaultMode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive',
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ]],
    ['a claim without a name', v({ persistentVolumeClaim: {} }), [
      'spec.volumes[0].persistentVolumeClaim.claimName: Required value',
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ]],
    ['a path of the host that climbs', v({ hostPath: { path: '/a/../b', type: 'Nothing' } }), [
      `spec.volumes[0].hostPath.path: Invalid value: "/a/../b": must not contain '..'`,
      'spec.volumes[0].hostPath.type: Unsupported value: "Nothing": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ]],
    ['a key to a climbing path', v({ secret: { secretName: 's', items: [{ key: 'k', path: '../p' }] } }), [
      `spec.volumes[0].secret.items[0].path: Invalid value: "../p": must not contain '..'`,
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ]],
    ['a token that ends too soon', v({ projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 60 } }] } }), [
      'spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ]],
    ['a claim\'s template without a size', v({ ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } }), [
      'spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value',
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ]],
    ['a device that is no claim', { ...c({ volumeDevices: [{ name: 'v', devicePath: '/dev/x' }] }), volumes: [{ name: 'v', emptyDir: {} }] }, [
      'spec.containers[0].volumeDevices[0].name: Invalid value: "v": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
    ]],
    ['nfs from a relative path', v({ nfs: { server: 's', path: 'p' } }), [
      'spec.volumes[0].nfs.path: Invalid value: "p": must be an absolute path',
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ]],
    ['csi without a driver', v({ csi: {} }), [
      'spec.volumes[0].csi.driver: Required value',
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ]],
    ['an image without a reference', v({ image: { reference: '' } }), [
      'spec.volumes[0].image.reference: Required value',
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ]],
    ['iscsi without anything', v({ iscsi: {} }), [
      'spec.volumes[0].iscsi.targetPortal: Required value',
      'spec.volumes[0].iscsi.iqn: Required value',
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ]],
  ],
  security: [
    ['a user below zero', c({ securityContext: { runAsUser: -1 } }), [
      'spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive',
    ]],
    ['privileged, but not escalating', c({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }), [
      'spec.containers[0].securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    ]],
    ['a seccomp profile that is none', c({ securityContext: { seccompProfile: { type: 'Nope' } } }), [
      'spec.containers[0].securityContext.seccompProfile.type: Unsupported value: "Nope": supported values: "Localhost", "RuntimeDefault", "Unconfined"',
    ]],
    ['a local profile without a path', { ...c(), securityContext: { seccompProfile: { type: 'Localhost' } } }, [
      'spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost',
    ]],
    ['a sysctl in spaces', { ...c(), securityContext: { sysctls: [{ name: 'bad name', value: '1' }] } }, [
      'spec.securityContext.sysctls[0].name: Invalid value: "bad name": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
    ]],
    ['a net sysctl on the host\'s network', { ...c(), hostNetwork: true, securityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1' }] } }, [
      `spec.securityContext.sysctls[0].name: Invalid value: "net.core.somaxconn": may not be specified when 'hostNetwork' is true`,
    ]],
    ['a group policy that is none', { ...c(), securityContext: { fsGroupChangePolicy: 'Never' } }, [
      'spec.securityContext.fsGroupChangePolicy: Unsupported value: "Never": supported values: "Always", "OnRootMismatch"',
    ]],
    ['a Linux user on Windows', { ...c(), os: { name: 'windows' }, securityContext: { runAsUser: 1 } }, [
      'spec.securityContext.runAsUser: Forbidden: cannot be set for a windows pod',
    ]],
    ['a system that there is not', { ...c(), os: { name: 'plan9' } }, [
      'spec.os: Unsupported value: "plan9": supported values: "linux", "windows"',
    ]],
    ['all of /proc with the host\'s users', c({ securityContext: { procMount: 'Unmasked' } }), [
      'spec.containers[0].securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`',
    ]],
    ['users of its own on the host\'s network', { ...c(), hostUsers: false, hostNetwork: true }, [
      'spec.hostNetwork: Forbidden: when `hostUsers` is false',
    ]],
    ['its own and the host\'s processes', { ...c(), shareProcessNamespace: true, hostPID: true }, [
      'spec.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled',
    ]],
  ],
  placement: [
    ['no terms', { ...c(), affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } }, [
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term',
    ]],
    ['an operator that there is not', { ...c(), ...node({ key: 'a', operator: 'Is', values: ['b'] }) }, [
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
    ]],
    ['values of what only exists', { ...c(), ...node({ key: 'a', operator: 'Exists', values: ['b'] }) }, [
      "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
    ]],
    ['a weight of 101 without a topology', { ...c(), affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, podAffinityTerm: { topologyKey: '' } }] } } }, [
      'spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 101: must be in the range 1-100',
      'spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey: Required value: can not be empty',
      'spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey: Invalid value: "": name part must be non-empty',
      `spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey: Invalid value: "": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
    ]],
    ['a key both to match and not', { ...c(), affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'h', labelSelector: {}, matchLabelKeys: ['x'], mismatchLabelKeys: ['x'] }] } } }, [
      'spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys[0]: Invalid value: "x": exists in both matchLabelKeys and mismatchLabelKeys',
    ]],
    ['a toleration of nothing', { ...c(), tolerations: [{}] }, [
      'spec.tolerations[0].operator: Invalid value: "": operator must be Exists when `key` is empty, which means "match all values and all keys"',
    ]],
    ['a toleration that exists with a value', { ...c(), tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] }, [
      "spec.tolerations[0].operator: Invalid value: \"b\": value must be empty when `operator` is 'Exists'",
    ]],
    ['seconds without eviction', { ...c(), tolerations: [{ key: 'a', operator: 'Exists', tolerationSeconds: 3, effect: 'NoSchedule' }] }, [
      "spec.tolerations[0].effect: Invalid value: \"NoSchedule\": effect must be 'NoExecute' when `tolerationSeconds` is set",
    ]],
    ['an effect that there is not', { ...c(), tolerations: [{ key: 'a', effect: 'Never' }] }, [
      'spec.tolerations[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ]],
    ['no skew over no topology', { ...c(), topologySpreadConstraints: [{ maxSkew: 0, topologyKey: '', whenUnsatisfiable: 'Maybe' }] }, [
      'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
      'spec.topologySpreadConstraints[0].topologyKey: Required value: can not be empty',
      'spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Maybe": supported values: "DoNotSchedule", "ScheduleAnyway"',
    ]],
    ['one constraint twice', { ...c(), topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'z', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} }, { maxSkew: 2, topologyKey: 'z', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} }] }, [
      'spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{z, DoNotSchedule}"',
    ]],
    ['domains that nobody counts', { ...c(), topologySpreadConstraints: [{ maxSkew: 1, minDomains: 2, topologyKey: 'z', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: {} }] }, [
      'spec.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway',
    ]],
    ['gates of one name', { ...c(), schedulingGates: [{ name: 'example.com/g' }, { name: 'example.com/g' }] }, [
      'spec.schedulingGates[1]: Duplicate value: "example.com/g"',
    ]],
    ['a gate and a node', { ...c(), schedulingGates: [{ name: 'g' }], nodeName: 'n' }, [
      'spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared',
    ]],
  ],
  'the pod as a whole': [
    ['policies that are none', { ...c(), restartPolicy: 'Sometimes', dnsPolicy: 'Nope' }, [
      'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
      'spec.dnsPolicy: Unsupported value: "Nope": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
    ]],
    ['no name servers at all', { ...c(), dnsPolicy: 'None' }, [
      'spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None',
    ]],
    ['four name servers', { ...c(), dnsConfig: { nameservers: ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'] } }, [
      'spec.dnsConfig.nameservers: Invalid value: ["192.0.2.1","192.0.2.2","192.0.2.3","192.0.2.4"]: must not have more than 3 nameservers',
    ]],
    ['addresses that are none', { ...c(), dnsConfig: { nameservers: ['x'] }, hostAliases: [{ ip: '010.0.0.1' }, { ip: '::ffff:10.0.0.1' }] }, [
      'spec.dnsConfig.nameservers[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      'spec.hostAliases[0].ip: Invalid value: "010.0.0.1": must not have leading 0s',
      'spec.hostAliases[1].ip: Invalid value: "::ffff:10.0.0.1": must not be an IPv4-mapped IPv6 address',
    ]],
    ['no time at all', { ...c(), activeDeadlineSeconds: 0 }, [
      'spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive',
    ]],
    ['an option without a name', { ...c(), dnsConfig: { options: [{ value: 'x' }] } }, [
      'spec.dnsConfig.options[0]: Required value: must not be empty',
    ]],
    ['a name of the host\'s network', { ...c(), hostNetwork: true, hostnameOverride: 'x' }, [
      'spec.hostnameOverride: Forbidden: may not be specified when hostNetwork is true',
    ]],
    ['overhead that is none', { ...c(), overhead: { gpu: '1' } }, [
      'spec.overhead.limits[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
      'spec.overhead.limits[gpu]: Invalid value: "gpu": must be a standard resource for containers',
    ]],
  ],
};

describe('What is wrong with a new pod', () => {
  let fixture: PodFixture;
  before(async () => {
    fixture = await PodFixture.open();
  });
  after(async () => {
    await fixture[Symbol.asyncDispose]();
  });

  for (const [concept, table] of Object.entries(rows)) {
    describe(concept, () => {
      for (const [what, spec, problems] of table) {
        it(`is said of ${what}`, async () => {
          const answer = await fixture.create({ serviceAccountName: 'default', ...spec }, {}, true);
          expect(answer.problems).to.deep.equal(problems);
        });
      }
    });
  }
});
