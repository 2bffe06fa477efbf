/** What responses are written in, and bodies may be. */
export type MediaType =
  | 'application/json'
  | 'application/yaml'
  | 'application/vnd.kubernetes.protobuf';
export const mediaTypes: readonly MediaType[] = [
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
];

/** What watches are written in. */
export const streamMediaTypes: readonly string[] = [
  'application/json;stream=watch',
  'application/vnd.kubernetes.protobuf;stream=watch',
];

/** Whether there is a form of a media type for watches. */
export const isStreamed = (mediaType: MediaType): boolean => mediaType !== 'application/yaml';
