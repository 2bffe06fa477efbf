export {
  cannotBeHandled,
  checkKind,
  decodeJson,
  decodeValue,
  normalize,
  parseJson,
} from './decode.ts';
export type { Decoded } from './decode.ts';
export { DecodeError } from './decode-state.ts';
export { encodeJson } from './encode-json.ts';
export { stringText, valueText } from './json-text.ts';
export { kindLength, listHead, listTail, watchFrame } from './list-frames.ts';
export type { ListHead } from './list-frames.ts';
export { decodeProtobuf } from './protobuf/decode-protobuf.ts';
export { strictProblems } from './strict-problems.ts';
export { decodeYaml } from './yaml-in.ts';
export { encodeYaml } from './yaml-out.ts';
