import type { TypeSchema } from '@keelson/kubernetes-api';

/** Why bytes are no object of the type that they should be, in the words of Go's decoders. */
export class DecodeError extends Error {}

/** What one decoding knows about where it is and what it found. */
export class DecodeState {
  readonly path: string[] = [];
  /** How many keys the objects have that were walked: less than the text has when some are there twice. */
  keys = 0;
  /** Whether a field was not known. */
  unknown = false;

  /** A value of the wrong type. `got` is Go's word for what was there, `type` Go's name for what should be. */
  mismatch(struct: TypeSchema | undefined, got: string, type: string): DecodeError {
    const at =
      struct === undefined
        ? `value of type ${type}`
        : `struct field ${struct.name}.${this.path.join('.')} of type ${type}`;
    return new DecodeError(`json: cannot unmarshal ${got} into Go ${at}`);
  }
}

/** Go's word for a JSON value. */
export function goWord(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
