import types from './gen/other-versions.json' with { type: 'json' };
import { addTypes, type Stored } from './schemas.ts';

/**
 * Makes known what k8s.io/api has besides the types that OpenAPI describes: older and newer versions of kinds, reviews, options.
 * `schemaOf` and `kindSchema` find them from then on.
 */
export function knowOtherVersions(): void {
  // The file is generated together with the types that describe it.
  addTypes(types as unknown as Stored);
}
