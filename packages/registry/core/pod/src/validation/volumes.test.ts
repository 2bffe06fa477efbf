import { c, describeProblems, type Spec } from '../testing/describe-problems.ts';

/** A spec with a volume that its container mounts. */
const v = (source: Spec, mount: Spec = {}): Spec => ({
  ...c({ volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }] }),
  volumes: [{ name: 'v', ...source }],
});

describeProblems({
  volumes: [
    [
      'a volume of two sources',
      v({ emptyDir: {}, hostPath: { path: '/' } }),
      [
        'spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type',
        'spec.containers[0].volumeMounts[0].name: Not found: "v"',
      ],
    ],
    [
      'two volumes of one name',
      {
        ...c(),
        volumes: [
          { name: 'v', emptyDir: {} },
          { name: 'v', emptyDir: {} },
        ],
      },
      ['spec.volumes[1].name: Duplicate value: "v"'],
    ],
    [
      'a mount of no volume',
      c({ volumeMounts: [{ name: 'none', mountPath: '/x' }] }),
      ['spec.containers[0].volumeMounts[0].name: Not found: "none"'],
    ],
    [
      'a mount to nowhere',
      v({ emptyDir: {} }, { mountPath: '' }),
      ['spec.containers[0].volumeMounts[0].mountPath: Required value'],
    ],
    [
      'two mounts in one place',
      {
        ...c({
          volumeMounts: [
            { name: 'v', mountPath: '/x' },
            { name: 'v', mountPath: '/x' },
          ],
        }),
        volumes: [{ name: 'v', emptyDir: {} }],
      },
      ['spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/x": must be unique'],
    ],
    [
      'a sub path that climbs',
      v({ emptyDir: {} }, { subPath: '../x' }),
      [`spec.containers[0].volumeMounts.subPath: Invalid value: "../x": must not contain '..'`],
    ],
    [
      'a sub path and an expression',
      v({ emptyDir: {} }, { subPath: 'a', subPathExpr: 'b' }),
      [
        'spec.containers[0].volumeMounts[0].subPathExpr: Invalid value: "b": subPathExpr and subPath are mutually exclusive',
      ],
    ],
    [
      'propagation both ways',
      v({ emptyDir: {} }, { mountPropagation: 'Bidirectional' }),
      [
        'spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers',
      ],
    ],
    [
      'read-only all the way down, but writable',
      v({ emptyDir: {} }, { recursiveReadOnly: 'Enabled' }),
      [
        'spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true',
      ],
    ],
    [
      'a mode beyond all bits',
      v({ configMap: { name: 'c', defaultMode: 1000 } }),
      [
        'spec.volumes[0].configMap.defaultMode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive',
        'spec.containers[0].volumeMounts[0].name: Not found: "v"',
      ],
    ],
    [
      'a claim without a name',
      v({ persistentVolumeClaim: {} }),
      [
        'spec.volumes[0].persistentVolumeClaim.claimName: Required value',
        'spec.containers[0].volumeMounts[0].name: Not found: "v"',
      ],
    ],
    [
      'a path of the host that climbs',
      v({ hostPath: { path: '/a/../b', type: 'Nothing' } }),
      [
        `spec.volumes[0].hostPath.path: Invalid value: "/a/../b": must not contain '..'`,
        'spec.volumes[0].hostPath.type: Unsupported value: "Nothing": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
        'spec.containers[0].volumeMounts[0].name: Not found: "v"',
      ],
    ],
    [
      'a key to a climbing path',
      v({ secret: { secretName: 's', items: [{ key: 'k', path: '../p' }] } }),
      [
        `spec.volumes[0].secret.items[0].path: Invalid value: "../p": must not contain '..'`,
        'spec.containers[0].volumeMounts[0].name: Not found: "v"',
      ],
    ],
    [
      'a token that ends too soon',
      v({
        projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 60 } }] },
      }),
      [
        'spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
        'spec.containers[0].volumeMounts[0].name: Not found: "v"',
      ],
    ],
    [
      "a claim's template without a size",
      v({ ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } }),
      [
        'spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value',
        'spec.containers[0].volumeMounts[0].name: Not found: "v"',
      ],
    ],
    [
      'a device that is no claim',
      {
        ...c({ volumeDevices: [{ name: 'v', devicePath: '/dev/x' }] }),
        volumes: [{ name: 'v', emptyDir: {} }],
      },
      [
        'spec.containers[0].volumeDevices[0].name: Invalid value: "v": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
      ],
    ],
    [
      'nfs from a relative path',
      v({ nfs: { server: 's', path: 'p' } }),
      [
        'spec.volumes[0].nfs.path: Invalid value: "p": must be an absolute path',
        'spec.containers[0].volumeMounts[0].name: Not found: "v"',
      ],
    ],
    [
      'csi without a driver',
      v({ csi: {} }),
      [
        'spec.volumes[0].csi.driver: Required value',
        'spec.containers[0].volumeMounts[0].name: Not found: "v"',
      ],
    ],
    [
      'an image without a reference',
      v({ image: { reference: '' } }),
      [
        'spec.volumes[0].image.reference: Required value',
        'spec.containers[0].volumeMounts[0].name: Not found: "v"',
      ],
    ],
    [
      'iscsi without anything',
      v({ iscsi: {} }),
      [
        'spec.volumes[0].iscsi.targetPortal: Required value',
        'spec.volumes[0].iscsi.iqn: Required value',
        'spec.containers[0].volumeMounts[0].name: Not found: "v"',
      ],
    ],
  ],
});
