import { c, describeProblems } from '../testing/describe-problems.ts';

const http = { httpGet: { port: 80 } };

describeProblems({
  resources: [
    [
      'a request above its limit',
      c({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }),
      [
        'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
      ],
    ],
    [
      'less than nothing',
      c({ resources: { requests: { cpu: '-1' } } }),
      [
        'spec.containers[0].resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0',
      ],
    ],
    [
      'a resource that there is not',
      c({ resources: { requests: { gpu: '1' } } }),
      [
        'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
        'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers',
      ],
    ],
    [
      'half a device',
      c({ resources: { limits: { 'example.com/gpu': '500m' } } }),
      [
        'spec.containers[0].resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer',
        'spec.containers[0].resources.requests[example.com/gpu]: Invalid value: "500m": must be an integer',
      ],
    ],
    [
      'a device without a limit',
      c({ resources: { requests: { 'example.com/gpu': '1' } } }),
      [
        'spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources',
      ],
    ],
    [
      'huge pages alone',
      c({ resources: { limits: { 'hugepages-2Mi': '4Mi' } } }),
      ['spec.containers[0].resources: Forbidden: HugePages require cpu or memory'],
    ],
    [
      'half a huge page',
      c({ resources: { limits: { 'hugepages-2Mi': '1Mi', cpu: '1' } } }),
      [
        'spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: "1Mi": 1Mi is not positive integer multiple of hugepages-2Mi',
        'spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: "1Mi": 1Mi is not positive integer multiple of hugepages-2Mi',
      ],
    ],
    [
      'a claim that the pod has not',
      c({ resources: { claims: [{ name: 'r' }] } }),
      [
        'spec.containers[0].resources.claims[0]: Not found: "r": must be one of the names in pod.spec.resourceClaims which is empty',
      ],
    ],
    [
      'a resource that is called as what all objects have',
      { ...c({ resources: { limits: { toString: '1' } } }), resources: { requests: { cpu: '1' } } },
      [
        'spec.containers[0].resources.limits[toString]: Invalid value: "toString": must be a standard resource type or fully qualified',
        'spec.containers[0].resources.limits[toString]: Invalid value: "toString": must be a standard resource for containers',
        'spec.containers[0].resources.requests[toString]: Invalid value: "toString": must be a standard resource type or fully qualified',
        'spec.containers[0].resources.requests[toString]: Invalid value: "toString": must be a standard resource for containers',
      ],
    ],
    [
      'a pod that has less than its containers',
      { ...c({ resources: { requests: { cpu: '2' } } }), resources: { requests: { cpu: '1' } } },
      [
        'spec.resources.requests[cpu]: Invalid value: "1": must be greater than or equal to aggregate container requests of 2',
      ],
    ],
    [
      'storage for a whole pod',
      { ...c(), resources: { requests: { 'ephemeral-storage': '1' } } },
      [
        'spec.resources.requests[ephemeral-storage]: Unsupported value: "ephemeral-storage": supported values: "cpu", "hugepages-", "memory"',
      ],
    ],
    [
      'a claim of two sources',
      {
        ...c(),
        resourceClaims: [{ name: 'r', resourceClaimName: 'a', resourceClaimTemplateName: 'b' }],
      },
      [
        'spec.resourceClaims[0]: Invalid value: {"Name":"r","ResourceClaimName":"a","ResourceClaimTemplateName":"b"}: at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
      ],
    ],
    [
      'a claim of no source',
      { ...c(), resourceClaims: [{ name: 'r' }] },
      [
        'spec.resourceClaims[0]: Invalid value: {"Name":"r","ResourceClaimName":null,"ResourceClaimTemplateName":null}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`',
      ],
    ],
  ],
  probes: [
    [
      'a probe of nothing',
      c({ livenessProbe: {} }),
      ['spec.containers[0].livenessProbe: Required value: must specify a handler type'],
    ],
    [
      'a probe of two kinds',
      c({ livenessProbe: { ...http, tcpSocket: { port: 80 } } }),
      [
        'spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type',
      ],
    ],
    [
      'times below zero',
      c({
        livenessProbe: { ...http, periodSeconds: -1, timeoutSeconds: -1, initialDelaySeconds: -1 },
      }),
      [
        'spec.containers[0].livenessProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0',
        'spec.containers[0].livenessProbe.timeoutSeconds: Invalid value: -1: must be greater than or equal to 0',
        'spec.containers[0].livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
    [
      'a liveness probe that must succeed twice',
      c({ livenessProbe: { ...http, successThreshold: 2 } }),
      ['spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1'],
    ],
    [
      'a readiness probe with a grace period',
      c({ readinessProbe: { ...http, terminationGracePeriodSeconds: 5 } }),
      [
        'spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 5: must not be set for readinessProbes',
      ],
    ],
    [
      'a probe of port 0 by an odd scheme',
      c({ livenessProbe: { httpGet: { port: 0, scheme: 'ftp' } } }),
      [
        'spec.containers[0].livenessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive',
        'spec.containers[0].livenessProbe.httpGet.scheme: Unsupported value: "ftp": supported values: "HTTP", "HTTPS"',
      ],
    ],
    [
      'an empty command',
      c({ livenessProbe: { exec: {} } }),
      ['spec.containers[0].livenessProbe.exec.command: Required value'],
    ],
    [
      'a handler of nothing',
      c({ lifecycle: { preStop: {} } }),
      ['spec.containers[0].lifecycle.preStop: Required value: must specify a handler type'],
    ],
    [
      'a sleep beyond the grace period',
      c({ lifecycle: { preStop: { sleep: { seconds: 500 } } } }),
      [
        'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 500: must be non-negative and less than terminationGracePeriodSeconds (30)',
      ],
    ],
  ],
});
