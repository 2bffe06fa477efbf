import {
  duplicate,
  invalid,
  required,
  type FieldError,
  type FieldPath,
} from '@keelson/api-machinery';
import type { Volume } from '@keelson/kubernetes-api/core/v1';
import { dnsLabel } from './findings.ts';
import type { PodValidationOptions } from './options.ts';
import { validateVolumeSource } from './volume-source.ts';

/** The findings, and the volumes without any, by name. Behaviour: core/validation ValidateVolumes, v1.37. */
export function validateVolumes(
  volumes: readonly Volume[] | undefined,
  options: PodValidationOptions,
  path: FieldPath,
): { readonly errors: FieldError[]; readonly valid: ReadonlyMap<string, Volume> } {
  const valid = new Map<string, Volume>();
  const errors: FieldError[] = [];
  const created = createdClaims(volumes ?? [], options.metadata?.name);
  for (const [index, volume] of (volumes ?? []).entries()) {
    const at = path.index(index);
    const found = validateVolumeSource(volume, options, at);
    found.push(
      ...(volume.name ? dnsLabel(volume.name, at.child('name')) : [required(at.child('name'))]),
    );
    if (valid.has(volume.name)) found.push(duplicate(at.child('name'), volume.name));
    if (found.length === 0) valid.set(volume.name, volume);
    errors.push(...found);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim !== undefined && created.has(claim)) {
      errors.push(
        invalid(
          at.child('persistentVolumeClaim', 'claimName'),
          claim,
          'must not reference a PVC that gets created for an ephemeral volume',
        ),
      );
    }
  }
  return { errors, valid };
}

/** The names of the claims that the pod brings itself. */
function createdClaims(volumes: readonly Volume[], podName: string | undefined): Set<string> {
  const ephemeral = podName ? volumes.filter((volume) => volume.ephemeral !== undefined) : [];
  return new Set(ephemeral.map(({ name }) => `${podName}-${name}`));
}
