/** A whole number of 64 bits: a number where JavaScript has one that is exact, else a bigint. Two that are equal are therefore `===`. */
export type Int64 = number | bigint;

/** A JSON value as `JSON.parse` gives it; whole numbers of 64 bits that are not exact as a number are bigints. */
export type JsonValue =
  | null
  | boolean
  | Int64
  | string
  | JsonValue[]
  | { [key: string]: JsonValue };

/** A quantity as it travels: `"100m"`, `"1Gi"`; after decoding it is always a string in canonical form. */
export type Quantity = string;

/** A number or a percentage or a name: `80`, `"25%"`, `"http"`. */
export type IntOrString = number | string;

/** An embedded object of any kind, kept as it came. */
export type RawExtension = { [key: string]: JsonValue };

/** A set of field paths in the encoding of `metadata.managedFields`. */
export type FieldsV1 = { [key: string]: JsonValue };
