import { badRequestError, type JsonValue } from '@keelson/api-machinery';
import { load, Schema, timestampTag, YAML11_SCHEMA } from 'js-yaml';

/** YAML 1.1 as Go reads it, less times: those stay strings. */
const schema = new Schema(YAML11_SCHEMA.tags.filter((tag) => tag !== timestampTag));

/** How many values a document may have once its aliases are unfolded: a few lines can ask for billions. */
const valueLimit = 1_000_000;
const depthLimit = 10_000;

/** Reads a YAML document as JSON. Throws 400. Behaviour: sigs.k8s.io/yaml YAMLToJSON. */
export function decodeYaml(bytes: Uint8Array): JsonValue {
  let value: unknown;
  try {
    value = load(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'), {
      schema,
    });
  } catch (error) {
    // js-yaml documents that it may throw other errors than its own on bad input.
    throw badRequestError(
      `yaml: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    );
  }
  return new Unfolding().json(value ?? null, 0);
}

/** Makes plain JSON of what the parser gives; aliases are shared objects there, and each use counts. */
class Unfolding {
  #left = valueLimit;

  json(value: unknown, depth: number): JsonValue {
    if (--this.#left < 0 || depth > depthLimit)
      throw badRequestError('yaml: document contains excessive aliasing');
    if (Array.isArray(value)) return value.map((item) => this.json(item, depth + 1));
    if (typeof value === 'object' && value !== null) return this.#object(value, depth);
    if (typeof value === 'bigint') return Number(value);
    if (typeof value === 'number' && !Number.isFinite(value))
      throw badRequestError(`json: unsupported value: ${value}`);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null;
  }

  #object(value: object, depth: number): JsonValue {
    const object: { [key: string]: JsonValue } = {};
    for (const [key, content] of Object.entries(value)) {
      Object.defineProperty(object, key, {
        value: this.json(content, depth + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return object;
  }
}
