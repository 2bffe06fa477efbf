export type { DescribedGroupVersion, DescribedPath } from './described-api.ts';
export { OpenApiDocuments } from './documents.ts';
export type { OpenApiDocument } from './documents.ts';
export { schemaName } from './schema-names.ts';
