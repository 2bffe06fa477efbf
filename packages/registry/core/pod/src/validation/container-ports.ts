import {
  duplicate,
  isValidPortName,
  isValidPortNum,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { Container, ContainerPort } from '@keelson/kubernetes-api/core/v1';
import { eachOf, oneOf, problems } from './findings.ts';

/** Behaviour: core/validation validateContainerPorts, v1.37. */
export function validateContainerPorts(
  ports: readonly ContainerPort[] | undefined,
  path: FieldPath,
): FieldError[] {
  const names = new Set<string>();
  return eachOf(ports, path, (port, at) => validatePort(port, names, at));
}

function validatePort(port: ContainerPort, names: Set<string>, path: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  if (port.name) {
    const wrong = problems(path.child('name'), port.name, isValidPortName(port.name));
    if (wrong.length > 0) errors.push(...wrong);
    else if (names.has(port.name)) errors.push(duplicate(path.child('name'), port.name));
    else names.add(port.name);
  }
  const { containerPort } = port;
  if (!containerPort) errors.push(required(path.child('containerPort')));
  else
    errors.push(
      ...problems(path.child('containerPort'), containerPort, isValidPortNum(containerPort)),
    );
  if (port.hostPort)
    errors.push(...problems(path.child('hostPort'), port.hostPort, isValidPortNum(port.hostPort)));
  if (!port.protocol) errors.push(required(path.child('protocol')));
  else errors.push(...oneOf(path.child('protocol'), port.protocol, ['SCTP', 'TCP', 'UDP']));
  return errors;
}

/** No two of the containers may listen at the same place of the host. */
export function validateHostPorts(containers: readonly Container[], path: FieldPath): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap(({ ports }, index) =>
    (ports ?? []).flatMap(({ hostPort, hostIP, protocol }, portIndex) => {
      if (!hostPort) return [];
      const place = `${protocol}/${hostIP ?? ''}/${hostPort}`;
      if (taken.has(place))
        return [
          duplicate(path.index(index).child('ports').index(portIndex).child('hostPort'), place),
        ];
      taken.add(place);
      return [];
    }),
  );
}
