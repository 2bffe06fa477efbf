import { OpenApiDocuments, type OpenApiDocument } from '@keelson/openapi';
import { encodeOpenApi } from '@keelson/serialization';
import { scopesOf, type ApiGroupVersion } from './api-group.ts';
import { gzipped } from './gzip.ts';
import type { ServedMediaTypes } from './media-types.ts';
import { verbsOf } from './verbs.ts';

/** What a document can be had in. */
export interface Form {
  /** What it is asked for by. */
  readonly names: readonly string[];
  /** What it is then called. */
  readonly type: string;
  readonly isProtobuf: boolean;
}

const json: Form = { names: ['application/json'], type: 'application/json', isProtobuf: false };

/** JSON, and protobuf by two names, the older one with an `@`. */
export function formsOf(version: 'v2' | 'v3'): readonly Form[] {
  const named = (separator: string): string =>
    `application/com.github.proto-openapi.spec.${version}${separator}v1.0+protobuf`;
  return [json, { names: [named('@'), named('.')], type: named('.'), isProtobuf: true }];
}

/** The documents of a server in all their forms. Each is made when it is first asked for, and kept. */
export class OpenApiForms {
  readonly documents: OpenApiDocuments;
  readonly #protobuf = new WeakMap<OpenApiDocument, Uint8Array>();
  readonly #compressed = new WeakMap<Uint8Array, Promise<Uint8Array>>();

  constructor(groupVersions: readonly ApiGroupVersion[], served: ServedMediaTypes) {
    const described = groupVersions.map((groupVersion) => ({
      group: groupVersion.group,
      version: groupVersion.version,
      paths: scopesOf(groupVersion).map(({ path, kind, namespaced, storage }) => ({
        path,
        kind,
        namespaced,
        typeId: storage.typeId,
        verbs: verbsOf(storage),
      })),
    }));
    this.documents = new OpenApiDocuments(described, served);
  }

  bytesOf(document: OpenApiDocument, { isProtobuf }: Form): Uint8Array {
    if (!isProtobuf) return document.bytes;
    const known = this.#protobuf.get(document);
    if (known !== undefined) return known;
    const bytes = encodeOpenApi(JSON.parse(Buffer.from(document.bytes).toString()));
    this.#protobuf.set(document, bytes);
    return bytes;
  }

  /** `bytes`: what `bytesOf` gave. */
  compressed(bytes: Uint8Array): Promise<Uint8Array> {
    const known = this.#compressed.get(bytes) ?? gzipped(bytes);
    this.#compressed.set(bytes, known);
    return known;
  }
}
