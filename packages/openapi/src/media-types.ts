import type { Operation } from './operations.ts';
import type { SchemaCollector } from './type-schemas.ts';

/** What a server reads and writes. */
export interface MediaTypes {
  /** What objects are written in. */
  readonly objects: readonly string[];
  /** What watches are written in, besides. */
  readonly streams: readonly string[];
  readonly patches: readonly string[];
}

/** What every server has. */
export const standardMediaTypes: MediaTypes = {
  objects: ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'],
  streams: ['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch'],
  patches: [
    'application/json-patch+json',
    'application/merge-patch+json',
    'application/strategic-merge-patch+json',
    'application/apply-patch+yaml',
  ],
};

/** What a description is made with. */
export interface Description {
  readonly collector: SchemaCollector;
  readonly types: MediaTypes;
}

/** What an operation answers in. */
export function producedBy(
  { streams, jsonOnly }: Pick<Operation, 'streams' | 'jsonOnly'>,
  { types }: Description,
): readonly string[] {
  if (jsonOnly === true) return ['application/json'];
  return streams === true ? [...types.objects, ...types.streams] : types.objects;
}

export const codeTexts: Readonly<Record<string, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
};
