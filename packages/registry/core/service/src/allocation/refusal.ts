import { invalid, invalidError, type FieldError, type StatusError } from '@keelson/api-machinery';
import type { Service } from '@keelson/kubernetes-api/core/v1';

/** The 422 for a service with these findings. */
export const invalidService = ({ metadata }: Service, errors: readonly FieldError[]): StatusError =>
  invalidError({ group: '', kind: 'Service' }, metadata.name ?? '', errors);

/** The 422 for a value that cannot be had. */
export const refusal = (
  service: Service,
  path: string,
  value: unknown,
  detail: string,
): StatusError => invalidService(service, [invalid(path, value, detail)]);
