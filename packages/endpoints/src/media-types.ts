import { patchTypes, type PatchType } from './patch-types.ts';

/** What responses are written in, and bodies may be. */
export type MediaType =
  | 'application/json'
  | 'application/yaml'
  | 'application/vnd.kubernetes.protobuf'
  | 'application/cbor';

/** What a server reads and writes. */
export interface ServedMediaTypes {
  readonly objects: readonly MediaType[];
  /** What watches are called, besides. */
  readonly streams: readonly string[];
  readonly patches: readonly PatchType[];
}

const standard: ServedMediaTypes = {
  objects: ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'],
  streams: ['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch'],
  patches: patchTypes.filter((type) => type !== 'application/apply-patch+cbor'),
};

const withCbor: ServedMediaTypes = {
  objects: [...standard.objects, 'application/cbor'],
  streams: [...standard.streams, 'application/cbor-seq'],
  patches: patchTypes,
};

/** With CBOR where its feature gate is on. */
export const servedMediaTypes = (cbor: boolean): ServedMediaTypes => (cbor ? withCbor : standard);

/** Whether there is a form of a media type for watches. */
export const isStreamed = (mediaType: MediaType): boolean => mediaType !== 'application/yaml';
