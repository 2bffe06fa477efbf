import {
  fieldPath,
  forbidden,
  invalid,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type {
  Container,
  Pod,
  PodSpec,
  ResourceRequirements,
} from '@keelson/kubernetes-api/core/v1';
import { isSidecar } from '../../pod-level-resources.ts';
import { qualityOfService } from '../../quality-of-service.ts';
import { isMirrorPod } from '../annotations.ts';
import { validatePod } from '../pod.ts';
import { sameInGo } from './same-in-go.ts';

const path = fieldPath('spec');

/** Running pods may get more or less CPU and memory. Behaviour: core/validation ValidatePodResize, v1.37. */
export function validatePodResize(pod: Pod, old: Pod): FieldError[] {
  if (isMirrorPod(old.metadata.annotations))
    return [forbidden('[]', 'static pods cannot be resized')];
  if (old.spec.os?.name === 'windows') return [forbidden('[]', 'windows pods cannot be resized')];
  const errors = [
    ...validatePod(pod),
    ...validateWhole(pod, old),
    ...validatePodLevel(pod.spec, old.spec),
  ];
  const order = [
    ...validateOrder(pod.spec, old.spec, 'containers'),
    ...validateOrder(pod.spec, old.spec, 'initContainers'),
  ];
  if (order.length > 0) return [...errors, ...order];
  errors.push(...validateContainers(pod.spec, old.spec));
  if (!sameInGo(pod.spec.volumes, old.spec.volumes, '[]Volume')) {
    errors.push(
      forbidden(
        path.child('volumes'),
        'volumes are immutable on resize when InPlacePodVerticalScalingMemoryBackedVolumes feature gate is disabled',
      ),
    );
  }
  return errors.length > 0 ? errors : validateRest(pod.spec, old.spec);
}

function validateWhole(pod: Pod, old: Pod): FieldError[] {
  const errors: FieldError[] = [];
  if ((old.status.qosClass || qualityOfService(old.spec)) !== qualityOfService(pod.spec)) {
    errors.push(
      invalid(
        path,
        pod.status.qosClass ?? '',
        'Pod QOS Class may not change as a result of resizing',
      ),
    );
  }
  // A node that cannot resize does not say what its containers have.
  const running = old.status.containerStatuses?.find(({ state }) => state.running);
  if (running !== undefined && running.resources === undefined)
    errors.push(forbidden(path, 'Pod running on node without support for resize'));
  return errors;
}

const isSet = ({ resources }: PodSpec): boolean =>
  Object.keys({ ...resources?.requests, ...resources?.limits }).length > 0;

function validatePodLevel(spec: PodSpec, old: PodSpec): FieldError[] {
  if (!isSet(spec) && !isSet(old)) return [];
  const at = path.child('resources');
  if (old.resources !== undefined && spec.resources === undefined)
    return [forbidden(at, 'pod-level resources cannot be removed')];
  const errors =
    old.resources === undefined
      ? []
      : validateNoneRemoved(spec.resources ?? {}, old.resources, at, 'pod-level resource');
  if (
    !sameInGo(withOldAmounts(spec.resources, old.resources), old.resources, '*ResourceRequirements')
  ) {
    errors.push(forbidden(path, 'only cpu and memory resources are mutable at pod-level'));
  }
  return errors;
}

function validateNoneRemoved(
  resources: ResourceRequirements,
  old: ResourceRequirements,
  at: FieldPath,
  what: string,
): FieldError[] {
  return (['requests', 'limits'] as const).flatMap((which) =>
    Object.keys(old[which] ?? {}).every((name) => resources[which]?.[name] !== undefined)
      ? []
      : [forbidden(at.child(which), `${what} ${which} cannot be removed`)],
  );
}

function validateOrder(
  spec: PodSpec,
  old: PodSpec,
  list: 'containers' | 'initContainers',
): FieldError[] {
  const [containers, before] = [spec[list] ?? [], old[list] ?? []];
  if (containers.length !== before.length)
    return [forbidden(path.child(list), `${list} may not be added or removed on resize`)];
  return before.flatMap(({ name }, index) =>
    containers[index]?.name === name
      ? []
      : [
          forbidden(
            path.child(list).index(index).child('name'),
            `${list} may not be renamed or reordered on resize`,
          ),
        ],
  );
}

function validateContainers(spec: PodSpec, old: PodSpec): FieldError[] {
  const removed = (['initContainers', 'containers'] as const).flatMap((list) =>
    (old[list] ?? []).flatMap((before, index) => {
      const at = path.child(list).index(index).child('resources');
      return validateNoneRemoved(
        spec[list]?.[index]?.resources ?? {},
        before.resources,
        at,
        'resource',
      );
    }),
  );
  return [
    ...removed,
    ...((spec.containers ?? []).every((container, index) =>
      sameButAmounts(container, old.containers?.[index]),
    )
      ? []
      : [forbidden(path, 'only cpu and memory resources are mutable')]),
    ...(spec.initContainers ?? []).flatMap((container, index) =>
      validateInitContainer(
        container,
        old.initContainers?.[index],
        path.child('initContainers').index(index),
      ),
    ),
  ];
}

function validateInitContainer(
  container: Container,
  old: Container | undefined,
  at: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!sameButAmounts(container, old))
    errors.push(
      forbidden(at, 'only cpu and memory resources for init or sidecar containers are mutable'),
    );
  if (isSidecar(container) || sameInGo(container, old, '*Container')) return errors;
  const restarts = container.resizePolicy?.some(
    ({ restartPolicy }) => restartPolicy === 'RestartContainer',
  );
  if (restarts)
    errors.push(
      forbidden(
        at,
        'non-sidecar init containers with a resize policy of RestartContainer cannot be resized',
      ),
    );
  return errors;
}

function sameButAmounts(container: Container, old: Container | undefined): boolean {
  return sameInGo(withOldContainerAmounts(container, old), old, '*Container');
}

const withOldContainerAmounts = (container: Container, old: Container | undefined): Container => ({
  ...container,
  resources: withOldAmounts(container.resources, old?.resources) ?? {},
});

/** The new requirements with the old amounts of CPU and memory; nothing when nothing else is left and there were none. */
function withOldAmounts(
  resources: ResourceRequirements | undefined,
  old: ResourceRequirements | undefined,
): ResourceRequirements | undefined {
  if (resources === undefined) return undefined;
  const limits = oldAmounts(resources.limits, old?.limits);
  const requests = oldAmounts(resources.requests, old?.requests);
  const isEmpty = Object.keys({ ...limits, ...requests }).length === 0 && !resources.claims?.length;
  return old === undefined && isEmpty ? undefined : { ...resources, limits, requests };
}

function oldAmounts(
  list: ResourceRequirements['limits'],
  old: ResourceRequirements['limits'],
): Record<string, string> {
  const { cpu: _cpu, memory: _memory, ...others } = list ?? {};
  const { cpu, memory } = old ?? {};
  return {
    ...others,
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
  };
}

function validateRest(spec: PodSpec, old: PodSpec): FieldError[] {
  const rest: PodSpec = { ...spec };
  for (const list of ['containers', 'initContainers'] as const) {
    rest[list] = (spec[list] ?? []).map((container, index) =>
      withOldContainerAmounts(container, old[list]?.[index]),
    );
  }
  const resources =
    isSet(spec) || isSet(old) ? withOldAmounts(spec.resources, old.resources) : spec.resources;
  delete rest.resources;
  if (resources !== undefined) rest.resources = resources;
  return sameInGo(rest, old, 'PodSpec')
    ? []
    : [forbidden(path, 'only cpu and memory resources are mutable')];
}
