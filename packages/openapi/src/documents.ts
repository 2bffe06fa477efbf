import { createHash } from 'node:crypto';
import { documentName, type DescribedGroupVersion } from './described-api.ts';
import { standardMediaTypes, type MediaTypes } from './media-types.ts';
import { documentV2 } from './version2.ts';
import { coreVersionsPath, groupPath, groupsPath, versionPath } from './operation-paths.ts';
import { documentOfPaths, documentV3 } from './version3.ts';

/** A document, ready to be sent. */
export interface OpenApiDocument {
  readonly bytes: Uint8Array;
  /** Of the bytes: upper-case hexadecimal, for the URL and the ETag. */
  readonly hash: string;
}

/** The OpenAPI documents of a server. Each is made when it is first asked for, and kept. */
export class OpenApiDocuments {
  readonly #apis: readonly DescribedGroupVersion[];
  readonly #types: MediaTypes;
  readonly #made = new Map<string, OpenApiDocument>();

  constructor(apis: readonly DescribedGroupVersion[], types: MediaTypes = standardMediaTypes) {
    this.#apis = apis;
    this.#types = types;
  }

  /** Everything in one document: `/openapi/v2`. */
  version2(): OpenApiDocument {
    return this.#document('v2', () => documentV2(this.#apis, this.#types));
  }

  /** A group version, or what tells of groups and of the server: `api/v1`, `apis/apps/v1`, `apis/apps`, `apis`, `version`. Undefined for what is not served. */
  version3(name: string): OpenApiDocument | undefined {
    const make = this.#makers().get(name);
    return make === undefined ? undefined : this.#document(name, make);
  }

  #makers(): ReadonlyMap<string, () => object> {
    const groups = new Set(this.#apis.map(({ group }) => group).filter((group) => group !== ''));
    return new Map([
      ['api', () => documentOfPaths([coreVersionsPath], this.#types)],
      ['apis', () => documentOfPaths([groupsPath], this.#types)],
      ['version', () => documentOfPaths([versionPath], this.#types)],
      ...[...groups].map(
        (group) =>
          [`apis/${group}`, () => documentOfPaths([groupPath(group)], this.#types)] as const,
      ),
      ...this.#apis.map((api) => [documentName(api), () => documentV3(api, this.#types)] as const),
    ]);
  }

  /** Where each group version's document is, with its hash in the URL: what such a URL gives never changes. */
  index(): object {
    const names = [...this.#makers().keys()].sort();
    return {
      paths: Object.fromEntries(
        names.map((name) => [
          name,
          { serverRelativeURL: `/openapi/v3/${name}?hash=${this.version3(name)?.hash ?? ''}` },
        ]),
      ),
    };
  }

  #document(name: string, make: () => object): OpenApiDocument {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const bytes = Buffer.from(JSON.stringify(make()));
    const document = {
      bytes,
      hash: createHash('sha512').update(bytes).digest('hex').toUpperCase(),
    };
    this.#made.set(name, document);
    return document;
  }
}
