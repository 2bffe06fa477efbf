export { descriptionOf, fullDescriptionOf } from './descriptions.ts';
export { sameAs } from './same-as.ts';
export { kindSchema, schemaOf, typeIds } from './schemas.ts';
export type {
  FieldSchema,
  FieldType,
  GroupVersionKindSchema,
  ScalarType,
  TypeSchema,
} from './type-schema.ts';
