import { badRequestError, type JsonValue } from '@keelson/api-machinery';
import { jsonWord } from '@keelson/patch';
import { parseCborObject, parseYamlStrictly } from '@keelson/serialization';
import type { ApplyType } from './patch-types.ts';

/** What somebody applies, as it was sent. */
export interface ApplyConfig {
  /** Throws 400 for what is no object. Said when it is applied: much else comes first. */
  read(): JsonValue;
  /** What is there twice, in upstream's words; undefined when nothing is. */
  readonly problem: string | undefined;
}

/** Throws 400 for a body that is not of its type. Behaviour: k8s.io/apiserver handlers validateAndTranscodePatch, applyPatcher. */
export const readConfig = (type: ApplyType, bytes: Uint8Array): ApplyConfig =>
  type === 'application/apply-patch+cbor' ? cborConfig(bytes) : yamlConfig(bytes);

/** What is there twice in CBOR is an error, and said with all others when it is applied. */
function cborConfig(bytes: Uint8Array): ApplyConfig {
  return {
    read: () => parseCborObject(bytes, (why) => badRequestError(`error decoding patch: ${why}`)),
    problem: undefined,
  };
}

function yamlConfig(bytes: Uint8Array): ApplyConfig {
  const { value, duplicates } = parseYamlStrictly(bytes, (why) =>
    badRequestError(`error encoding patch: ${why}`),
  );
  const lines = duplicates.map((duplicate) => `\n  ${duplicate}`).join('');
  return {
    read: () => objectOf(value),
    problem:
      lines === '' ? undefined : `error converting YAML to JSON: yaml: unmarshal errors:${lines}`,
  };
}

function objectOf(value: JsonValue): JsonValue {
  if (typeof value === 'object' && !Array.isArray(value)) return value;
  throw badRequestError(
    `error decoding patch: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${jsonWord(value)} into Go value of type map[string]interface {}`,
  );
}
