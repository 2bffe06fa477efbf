import { c, describeProblems } from '../testing/describe-problems.ts';

const http = { httpGet: { port: 80 } };

describeProblems({
  containers: [
    [
      'a container without name and image',
      { containers: [{}] },
      ['spec.containers[0].name: Required value', 'spec.containers[0].image: Required value'],
    ],
    ['no containers', { containers: [] }, ['spec.containers: Required value']],
    [
      'two containers of one name',
      {
        containers: [
          { name: 'c', image: 'i' },
          { name: 'c', image: 'i' },
        ],
      },
      ['spec.containers[1].name: Duplicate value: "c"'],
    ],
    [
      'an image in spaces',
      c({ image: ' i ' }),
      [
        'spec.containers[0].image: Invalid value: " i ": must not have leading or trailing whitespace',
      ],
    ],
    [
      'a pull policy that is none',
      c({ imagePullPolicy: 'Sometimes' }),
      [
        'spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
      ],
    ],
    [
      'a message policy that is none',
      c({ terminationMessagePolicy: 'Shout' }),
      [
        'spec.containers[0].terminationMessagePolicy: Unsupported value: "Shout": supported values: "File", "FallbackToLogsOnError"',
      ],
    ],
    [
      'an init container named as a container',
      { ...c(), initContainers: [{ name: 'c', image: 'i' }] },
      ['spec.initContainers[0].name: Duplicate value: "c"'],
    ],
    [
      'an init container with a readiness probe',
      { ...c(), initContainers: [{ name: 'i', image: 'i', readinessProbe: http }] },
      [
        'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
      ],
    ],
    [
      'a restart policy of a container that is none',
      c({ restartPolicy: 'Maybe' }),
      [
        'spec.containers[0].restartPolicy: Unsupported value: "Maybe": supported values: "Always", "Never", "OnFailure"',
      ],
    ],
    [
      'restart rules without a policy',
      c({
        restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [1] } }],
      }),
      [
        'spec.containers[0].restartPolicy: Required value: must specify restartPolicy when restart rules are used',
      ],
    ],
    [
      'restart rules of no exit codes',
      c({ restartPolicy: 'Never', restartPolicyRules: [{ action: 'Stop' }] }),
      [
        'spec.containers[0].restartPolicyRules[0].action: Unsupported value: "Stop": supported values: "Restart", "RestartAllContainers"',
        'spec.containers[0].restartPolicyRules[0].exitCodes: Required value: must be specified',
      ],
    ],
    [
      'resize policies that are none',
      c({ resizePolicy: [{ resourceName: 'gpu', restartPolicy: 'Maybe' }] }),
      [
        'spec.containers[0].resizePolicy: Unsupported value: "gpu": supported values: "cpu", "memory"',
        'spec.containers[0].resizePolicy: Unsupported value: "Maybe": supported values: "NotRequired", "RestartContainer"',
      ],
    ],
    [
      'ephemeral containers at the start',
      { ...c(), ephemeralContainers: [{ name: 'e', image: 'i' }] },
      ['spec.ephemeralContainers: Forbidden: cannot be set on create'],
    ],
  ],
  ports: [
    [
      'port 0',
      c({ ports: [{ containerPort: 0 }] }),
      ['spec.containers[0].ports[0].containerPort: Required value'],
    ],
    [
      'a port beyond the last',
      c({ ports: [{ containerPort: 65536, hostPort: 65536 }] }),
      [
        'spec.containers[0].ports[0].containerPort: Invalid value: 65536: must be between 1 and 65535, inclusive',
        'spec.containers[0].ports[0].hostPort: Invalid value: 65536: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'a protocol in small letters',
      c({ ports: [{ containerPort: 80, protocol: 'tcp' }] }),
      [
        'spec.containers[0].ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
      ],
    ],
    [
      'one name for two ports',
      c({
        ports: [
          { name: 'a', containerPort: 80 },
          { name: 'a', containerPort: 81 },
        ],
      }),
      ['spec.containers[0].ports[1].name: Duplicate value: "a"'],
    ],
    [
      'a port name without letters',
      c({ ports: [{ name: '80', containerPort: 80 }] }),
      [
        'spec.containers[0].ports[0].name: Invalid value: "80": must contain at least one letter (a-z)',
      ],
    ],
    [
      'one host port for two',
      c({
        ports: [
          { containerPort: 80, hostPort: 8080 },
          { containerPort: 81, hostPort: 8080 },
        ],
      }),
      ['spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//8080"'],
    ],
    [
      "another host port on the host's network",
      { hostNetwork: true, ...c({ ports: [{ containerPort: 80, hostPort: 81 }] }) },
      [
        'spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
      ],
    ],
  ],
  environment: [
    [
      'a variable without a name',
      c({ env: [{ value: 'x' }] }),
      ['spec.containers[0].env[0].name: Required value'],
    ],
    [
      'a name with an equals sign',
      c({ env: [{ name: 'a=b' }] }),
      [
        `spec.containers[0].env[0].name: Invalid value: "a=b": a valid environment variable name must consist only of printable ASCII characters other than '='`,
      ],
    ],
    [
      'a value and a source',
      c({
        env: [{ name: 'N', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      }),
      [
        'spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
      ],
    ],
    [
      'no source',
      c({ env: [{ name: 'N', valueFrom: {} }] }),
      [
        'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      ],
    ],
    [
      'two sources',
      c({
        env: [
          {
            name: 'N',
            valueFrom: {
              fieldRef: { fieldPath: 'metadata.name' },
              secretKeyRef: { name: 's', key: 'k' },
            },
          },
        ],
      }),
      [
        'spec.containers[0].env[0].valueFrom: Invalid value: "": may not have more than one field specified at a time',
      ],
    ],
    [
      'a field that there is not',
      c({ env: [{ name: 'N', valueFrom: { fieldRef: { fieldPath: 'spec.surprise' } } }] }),
      [
        'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.surprise": error converting fieldPath: field label not supported: spec.surprise',
      ],
    ],
    [
      'a field that is not for variables',
      c({ env: [{ name: 'N', valueFrom: { fieldRef: { fieldPath: 'metadata.labels' } } }] }),
      [
        'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
      ],
    ],
    [
      'a resource that there is not',
      c({ env: [{ name: 'N', valueFrom: { resourceFieldRef: { resource: 'limits.gpu' } } }] }),
      [
        'spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
      ],
    ],
    [
      'a divisor that is not for processors',
      c({
        env: [
          {
            name: 'N',
            valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1Mi' } },
          },
        ],
      }),
      [
        `spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource`,
      ],
    ],
    [
      'all of nothing',
      c({ envFrom: [{}] }),
      [
        'spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
      ],
    ],
    [
      'all of two',
      c({ envFrom: [{ configMapRef: { name: 'a' }, secretRef: { name: 'b' } }] }),
      [
        'spec.containers[0].envFrom: Invalid value: "": may not have more than one field specified at a time',
      ],
    ],
  ],
});
