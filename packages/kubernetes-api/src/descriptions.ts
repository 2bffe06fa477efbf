import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Descriptions = Readonly<Record<string, Readonly<Record<string, string>>>>;

const own = fileURLToPath(new URL('descriptions.json', import.meta.url));
let read: Descriptions | undefined;

/**
 * What a field is for, in the API's own words: `descriptionOf('core/v1.Pod', 'spec')`; of the type itself without a field. `''` when none
 * is known. They are taken from npm packages when this one is built; throws when that was not done.
 */
export const descriptionOf = (typeId: string, field = ''): string =>
  fullDescriptionOf(typeId, field).replace(values, '');

/** What a field is for and, where it may have few values, what each of them means: OpenAPI says that, tables do not. */
export function fullDescriptionOf(typeId: string, field = ''): string {
  read ??= readDescriptions(own);
  const ofType = Object.hasOwn(read, typeId) ? read[typeId] : undefined;
  return ofType !== undefined && Object.hasOwn(ofType, field) ? (ofType[field] ?? '') : '';
}

const values = /\n\nPossible enum values:\n[^]*$/;

/** Throws when the package was not built. */
export function readDescriptions(file: string): Descriptions {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    // The compiler does not write it, and without it everything would work but for what people read.
    throw new Error(`${file} cannot be read: \`pnpm build\` writes it, \`tsc -b\` alone does not`, {
      cause,
    });
  }
}
