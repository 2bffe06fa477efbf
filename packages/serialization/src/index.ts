export { decodeCbor, parseCbor, parseCborAs, parseCborObject } from './cbor/decode-cbor.ts';
export {
  cborListFrame,
  cborMarkLength,
  cborWatchFrame,
  encodeCbor,
  encodeCborItem,
  encodeCborValue,
} from './cbor/encode-cbor.ts';
export { convert, decode, encode } from './codec.ts';
export type { AnyObject, Encoding } from './codec.ts';
export { textProblem } from './careful/careful-scalars.ts';
export { parseStrictly } from './careful/parse-strictly.ts';
export {
  decodeJson,
  decodeKind,
  decodeValue,
  normalize,
  parseExactly,
  parseJson,
  parseJsonExactly,
} from './decode.ts';
export { decodePatched } from './decode-patched.ts';
export type { Expected } from './recognize.ts';
export type { Decoded, Made } from './decode.ts';
export { DecodeError } from './decode-error.ts';
export { encodeJson, encodeStoredJson } from './encode-json.ts';
export { stringText, valueText } from './json-text.ts';
export { kindLength, listHead, listTail, watchFrame } from './list-frames.ts';
export type { ListHead } from './list-frames.ts';
export { encodeOpenApi } from './openapi/encode-openapi.ts';
export { decodeProtobuf, parseProtobuf } from './protobuf/decode-protobuf.ts';
export {
  encodeMessage,
  encodeProtobuf,
  protobufListFrame,
  protobufWatchFrame,
} from './protobuf/encode-protobuf.ts';
export { envelopeOf, itemIn } from './protobuf/envelope.ts';
export { cannotBeHandled } from './recognize.ts';
export { parseEncoded, parseUnstructured } from './stored-json.ts';
export { decodeYaml, parseYaml, parseYamlStrictly } from './yaml/decode-yaml.ts';
export type { YamlJson } from './yaml/json-of-nodes.ts';
export { encodeYaml } from './yaml/encode-yaml.ts';
