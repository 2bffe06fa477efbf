import { StatusError } from '@keelson/api-machinery';
import type { MediaType } from './media-types.ts';
import type { AllowedTransforms, Transform } from './negotiate.ts';

const isMeta = ({ group, version }: Transform): boolean =>
  group === 'meta.k8s.io' && (version === 'v1' || version === 'v1beta1');

/** The forms that objects come in besides themselves. Tables are text only. Whether one fits the request is seen later: 406 in other words. */
export const allowsTransforms =
  (tables: boolean): AllowedTransforms =>
  (transform, mediaType) =>
    isMeta(transform) &&
    ((tables && transform.as === 'Table' && isText(mediaType)) ||
      transform.as === 'PartialObjectMetadata' ||
      transform.as === 'PartialObjectMetadataList');

const isText = (mediaType: MediaType): boolean =>
  mediaType === 'application/json' || mediaType === 'application/yaml';

/** 406 for a form that the response has no use for. */
export function unfitTransform(message: string): StatusError {
  return new StatusError({ code: 406, reason: 'NotAcceptable', message });
}

/** `meta.k8s.io/v1`. */
export const apiVersionOf = ({ group, version }: Transform): string => `${group}/${version}`;
