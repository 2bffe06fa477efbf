import type { Status } from '@keelson/api-machinery';
import { ObjectRepresentation } from '@keelson/generic-registry';
import type { Representation } from '@keelson/rest-interfaces';

/** The answer of an action that has nothing to show: a Status. */
export function statusRepresentation(status: Status): Representation<Status> {
  return new ObjectRepresentation(status, (object) => Buffer.from(JSON.stringify(object)));
}

/** It went well; 201, as for anything that a POST makes. */
export function success(): Representation<Status> {
  return statusRepresentation({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 });
}
