import type { Status } from '@keelson/api-machinery';
import { ObjectRepresentation } from '@keelson/generic-registry';
import type { Representation } from '@keelson/rest-interfaces';

/** The answer of an action that has nothing to show: it went well. 201, as for anything that a POST makes. */
export function success(): Representation<Status> {
  const status: Status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  };
  return new ObjectRepresentation(status, (object) => Buffer.from(JSON.stringify(object)));
}
