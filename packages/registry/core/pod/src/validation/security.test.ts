import { c, describeProblems } from '../testing/describe-problems.ts';

describeProblems({
  security: [
    [
      'a user below zero',
      c({ securityContext: { runAsUser: -1 } }),
      [
        'spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive',
      ],
    ],
    [
      'privileged, but not escalating',
      c({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
      [
        'spec.containers[0].securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
      ],
    ],
    [
      'a seccomp profile that is none',
      c({ securityContext: { seccompProfile: { type: 'Nope' } } }),
      [
        'spec.containers[0].securityContext.seccompProfile.type: Unsupported value: "Nope": supported values: "Localhost", "RuntimeDefault", "Unconfined"',
      ],
    ],
    [
      'a local profile without a path',
      { ...c(), securityContext: { seccompProfile: { type: 'Localhost' } } },
      [
        'spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost',
      ],
    ],
    [
      'a sysctl in spaces',
      { ...c(), securityContext: { sysctls: [{ name: 'bad name', value: '1' }] } },
      [
        'spec.securityContext.sysctls[0].name: Invalid value: "bad name": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
      ],
    ],
    [
      "a net sysctl on the host's network",
      {
        ...c(),
        hostNetwork: true,
        securityContext: { sysctls: [{ name: 'net.core.somaxconn', value: '1' }] },
      },
      [
        `spec.securityContext.sysctls[0].name: Invalid value: "net.core.somaxconn": may not be specified when 'hostNetwork' is true`,
      ],
    ],
    [
      'a group policy that is none',
      { ...c(), securityContext: { fsGroupChangePolicy: 'Never' } },
      [
        'spec.securityContext.fsGroupChangePolicy: Unsupported value: "Never": supported values: "Always", "OnRootMismatch"',
      ],
    ],
    [
      'a Linux user on Windows',
      { ...c(), os: { name: 'windows' }, securityContext: { runAsUser: 1 } },
      ['spec.securityContext.runAsUser: Forbidden: cannot be set for a windows pod'],
    ],
    [
      'a system that there is not',
      { ...c(), os: { name: 'plan9' } },
      ['spec.os: Unsupported value: "plan9": supported values: "linux", "windows"'],
    ],
    [
      "all of /proc with the host's users",
      c({ securityContext: { procMount: 'Unmasked' } }),
      [
        'spec.containers[0].securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`',
      ],
    ],
    [
      "users of its own on the host's network",
      { ...c(), hostUsers: false, hostNetwork: true },
      ['spec.hostNetwork: Forbidden: when `hostUsers` is false'],
    ],
    [
      "its own and the host's processes",
      { ...c(), shareProcessNamespace: true, hostPID: true },
      [
        'spec.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled',
      ],
    ],
  ],
  'the pod as a whole': [
    [
      'policies that are none',
      { ...c(), restartPolicy: 'Sometimes', dnsPolicy: 'Nope' },
      [
        'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
        'spec.dnsPolicy: Unsupported value: "Nope": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
      ],
    ],
    [
      'no name servers at all',
      { ...c(), dnsPolicy: 'None' },
      ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
    ],
    [
      'four name servers',
      { ...c(), dnsConfig: { nameservers: ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'] } },
      [
        'spec.dnsConfig.nameservers: Invalid value: ["192.0.2.1","192.0.2.2","192.0.2.3","192.0.2.4"]: must not have more than 3 nameservers',
      ],
    ],
    [
      'addresses that are none',
      {
        ...c(),
        dnsConfig: { nameservers: ['x'] },
        hostAliases: [{ ip: '010.0.0.1' }, { ip: '::ffff:10.0.0.1' }],
      },
      [
        'spec.dnsConfig.nameservers[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
        'spec.hostAliases[0].ip: Invalid value: "010.0.0.1": must not have leading 0s',
        'spec.hostAliases[1].ip: Invalid value: "::ffff:10.0.0.1": must not be an IPv4-mapped IPv6 address',
      ],
    ],
    [
      'no time at all',
      { ...c(), activeDeadlineSeconds: 0 },
      ['spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive'],
    ],
    [
      'an option without a name',
      { ...c(), dnsConfig: { options: [{ value: 'x' }] } },
      ['spec.dnsConfig.options[0]: Required value: must not be empty'],
    ],
    [
      "a name of the host's network",
      { ...c(), hostNetwork: true, hostnameOverride: 'x' },
      ['spec.hostnameOverride: Forbidden: may not be specified when hostNetwork is true'],
    ],
    [
      'overhead that is none',
      { ...c(), overhead: { gpu: '1' } },
      [
        'spec.overhead.limits[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
        'spec.overhead.limits[gpu]: Invalid value: "gpu": must be a standard resource for containers',
      ],
    ],
  ],
});
