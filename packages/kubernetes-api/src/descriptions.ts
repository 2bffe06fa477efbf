import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Descriptions = Readonly<Record<string, Readonly<Record<string, string>>>>;

let read: Descriptions | undefined;

/**
 * What a field is for, in the API's own words: `descriptionOf('core/v1.Pod', 'spec')`; of the type itself without a field. `''` when none
 * is known: they are taken from @kubernetes/client-node when the package is built, and a build without it has none.
 */
export function descriptionOf(typeId: string, field = ''): string {
  read ??= readDescriptions();
  const ofType = Object.hasOwn(read, typeId) ? read[typeId] : undefined;
  return ofType !== undefined && Object.hasOwn(ofType, field) ? (ofType[field] ?? '') : '';
}

function readDescriptions(): Descriptions {
  const file = fileURLToPath(new URL('descriptions.json', import.meta.url));
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
