import {
  badRequestError,
  type GroupVersionKind,
  type JsonValue,
  type KubernetesObject,
} from '@keelson/api-machinery';
import type { TypeSchema } from '@keelson/kubernetes-api';
import { decodeDocument, documentOfValue, type Decoded } from '../decode.ts';
import { unrecognized } from '../recognize.ts';
import { yamlUtf8Problem } from '../utf8.ts';
import { jsonOfNodes, type YamlJson } from './json-of-nodes.ts';
import { parseNodes } from './nodes.ts';
import { plainJson } from './plain-json.ts';
import { YamlError } from './yaml-error.ts';

/** As `decodeJson`, from the first document of YAML. Throws 400. Behaviour: sigs.k8s.io/yaml YAMLToJSONStrict. */
export function decodeYaml<T extends KubernetesObject>(
  bytes: Uint8Array,
  schema: TypeSchema,
  kind: GroupVersionKind,
  alsoAccepts: readonly GroupVersionKind[] = [],
): Decoded<T> {
  const { value, duplicates, isExact } = read(bytes, (why) => unrecognized(kind, why, bytes), true);
  const document = documentOfValue(value, { exact: isExact });
  const decoded = decodeDocument<T>(document, { schema, kind, alsoAccepts }, bytes);
  if (duplicates.length === 0) return decoded;
  const twice = `yaml: unmarshal errors:\n  ${duplicates.join('\n  ')}`;
  return { object: decoded.object, problems: [twice, ...decoded.problems] };
}

/** Reads the first document of YAML as JSON. Throws 400. */
export function parseYaml(bytes: Uint8Array): JsonValue {
  return read(bytes, badRequestError).value;
}

/** As `parseYaml`, with the keys that are there twice, in Go's words. Throws what `refuse` makes of the reason. */
export function parseYamlStrictly(bytes: Uint8Array, refuse: (why: string) => Error): YamlJson {
  return read(bytes, refuse);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function read(bytes: Uint8Array, refuse: (why: string) => Error, exactly = false): YamlJson {
  const plain = plainJson(bytes);
  if (plain !== undefined) return { value: plain, duplicates: [], isExact: false };
  try {
    const text = textOf(bytes);
    if (control.test(text)) throw new YamlError('control characters are not allowed');
    const root = parseNodes(text);
    return root === undefined
      ? { value: null, duplicates: [], isExact: false }
      : jsonOfNodes(root, text, exactly);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    // Some things are YAML and yet no JSON: Go says so in its JSON encoder's name.
    throw refuse(error.cause === 'json' ? error.message : `yaml: ${error.message}`);
  }
}

/** What may stand in YAML only as an escape. */
const control =
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufeff\ufffe\uffff]/;

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new YamlError(yamlUtf8Problem(bytes));
  }
}
