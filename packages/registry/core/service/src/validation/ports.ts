import {
  duplicate,
  fieldPath,
  forbidden,
  isDNS1123Label,
  isQualifiedName,
  isValidPortName,
  isValidPortNum,
  required,
  type FieldError,
  type FieldPath,
  type IntOrString,
} from '@keelson/api-machinery';
import type { Service, ServicePort } from '@keelson/kubernetes-api/core/v1';
import { problems, requiredOneOf } from './findings.ts';

const portsPath = fieldPath('spec', 'ports');
const protocols = ['SCTP', 'TCP', 'UDP'];

/** What is wrong with each port. Behaviour: validateServicePort, v1.37. */
export function validatePorts({ spec }: Service): FieldError[] {
  const { ports = [] } = spec;
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const path = portsPath.index(index);
    return [
      ...validateName(port.name ?? '', ports.length > 1, names, path.child('name')),
      ...problems(path.child('port'), port.port, isValidPortNum(port.port)),
      ...requiredOneOf(path.child('protocol'), port.protocol, protocols),
      ...validateTarget(port.targetPort ?? 0, path.child('targetPort')),
      ...(port.appProtocol === undefined
        ? []
        : problems(path.child('appProtocol'), port.appProtocol, isQualifiedName(port.appProtocol))),
    ];
  });
}

function validateName(
  name: string,
  needed: boolean,
  names: Set<string>,
  path: FieldPath,
): FieldError[] {
  if (name === '') return needed ? [required(path)] : [];
  const errors = problems(path, name, isDNS1123Label(name));
  if (names.has(name)) errors.push(duplicate(path, name));
  names.add(name);
  return errors;
}

const validateTarget = (target: IntOrString, path: FieldPath): FieldError[] =>
  problems(
    path,
    target,
    typeof target === 'number' ? isValidPortNum(target) : isValidPortName(target),
  );

/** No port twice, and node ports only where they are opened. */
export function validatePortConflicts({ spec }: Service): FieldError[] {
  const { ports = [], type } = spec;
  const unused = ports.flatMap(({ nodePort = 0 }, index) =>
    type === 'ClusterIP' && nodePort !== 0
      ? [
          forbidden(
            portsPath.index(index).child('nodePort'),
            "may not be used when `type` is 'ClusterIP'",
          ),
        ]
      : [],
  );
  return [
    ...unused,
    ...repeated(
      ports,
      ({ nodePort = 0 }) => nodePort,
      (port, path) => duplicate(path.child('nodePort'), port.nodePort),
    ),
    ...repeated(
      ports,
      ({ port }) => port,
      (port, path) => duplicate(path, internalForm(port)),
      true,
    ),
  ];
}

/** Findings for ports whose number, of the same protocol, was there before. */
function repeated(
  ports: readonly ServicePort[],
  numberOf: (port: ServicePort) => number,
  finding: (port: ServicePort, path: FieldPath) => FieldError,
  countsZero = false,
): FieldError[] {
  const seen = new Set<string>();
  return ports.flatMap((port, index) => {
    const number = numberOf(port);
    if (number === 0 && !countsZero) return [];
    const key = `${port.protocol ?? ''} ${number}`;
    const found = seen.has(key);
    seen.add(key);
    return found ? [finding(port, portsPath.index(index))] : [];
  });
}

/** What upstream's message shows: its own form of a port, with the two fields that it compares. */
const internalForm = ({ port, protocol = '' }: ServicePort) => ({
  Name: '',
  Protocol: protocol,
  AppProtocol: null,
  Port: port,
  TargetPort: 0,
  NodePort: 0,
});
