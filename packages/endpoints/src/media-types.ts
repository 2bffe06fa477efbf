/** What responses are written in. */
export type MediaType = 'application/json' | 'application/yaml';
export const mediaTypes: readonly MediaType[] = ['application/json', 'application/yaml'];

/** What watches are written in. */
export const streamMediaTypes: readonly string[] = ['application/json;stream=watch'];

/** What a body may be written in. */
export type InputMediaType = MediaType | 'application/vnd.kubernetes.protobuf';
export const inputMediaTypes: readonly InputMediaType[] = [
  ...mediaTypes,
  'application/vnd.kubernetes.protobuf',
];
