import { groupVersionText, type KubernetesObject } from '@keelson/api-machinery';
import type { BookmarkEvent, Representation } from '@keelson/rest-interfaces';
import { encodeJson, normalize } from '@keelson/serialization';
import type { Scope } from './scope.ts';

/** What a bookmark carries: an object of the watch's kind with nothing in it but a revision, and whether the initial events are through. */
export function bookmarkOf(
  { revision, initialEventsEnd }: BookmarkEvent,
  { kind, schema }: Pick<Scope, 'kind' | 'schema'>,
): Representation<KubernetesObject> {
  const annotations = { 'k8s.io/initial-events-end': 'true' };
  const object = normalize(
    {
      kind: kind.kind,
      apiVersion: groupVersionText(kind),
      metadata: {
        resourceVersion: String(revision),
        ...(initialEventsEnd ? { annotations } : {}),
      },
    },
    schema,
    // What is made after a schema is of its type.
  ) as KubernetesObject;
  const json = encodeJson(object, schema);
  return { object, json, encoded: (_, make) => make({ object, json, encoded: () => json }) };
}
