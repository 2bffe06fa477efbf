import { internalTypes } from '../../gen/internal-types.ts';

/** A field of an internal type. */
export interface InternalField {
  /** Its name in Go; absent when the type is embedded, and its fields stand in its place. */
  readonly name?: string;
  /** Its name in JSON; empty when its fields stand in its place there, too. */
  readonly json: string;
  readonly type: string;
}

const parsed = new Map<string, readonly InternalField[]>();

/** The fields of a struct in Go's order; undefined for what is none, or is encoded as it is. */
export function internalFields(type: string): readonly InternalField[] | undefined {
  const known = parsed.get(type);
  const text = internalTypes[type];
  if (known !== undefined || text === undefined) return known;
  const fields = text.split(' ').map(parseField);
  parsed.set(type, fields);
  return fields;
}

/** The field's value in an object as clients write it. */
export function fieldValue(object: unknown, { json }: InternalField): unknown {
  if (json === '') return object;
  return typeof object === 'object' && object !== null ? Reflect.get(object, json) : undefined;
}

function parseField(text: string): InternalField {
  const embedded = text.startsWith('...') ? text.slice(3) : undefined;
  // A claim's template embeds its metadata in Go, but not in JSON.
  if (embedded !== undefined)
    return { json: embedded === 'ObjectMeta' ? 'metadata' : '', type: embedded };
  const [, name = '', json = lowerStart(name), type = ''] =
    /^(\w+)(?:=(\w+))?:(.*)$/.exec(text) ?? [];
  return { name, json, type };
}

/** `HostIP` is `hostIP`, `FSType` is `fsType`, `IP` is `ip`. */
function lowerStart(name: string): string {
  return name.replace(/^([A-Z]+(?=[A-Z][a-z])|[A-Z]+$|[A-Z])/, (start) => start.toLowerCase());
}

/** What Go has where nothing was said. */
export function zeroOf(type: string): unknown {
  const zero: Readonly<Record<string, unknown>> = {
    string: '',
    bool: false,
    int: 0,
    quantity: '0',
  };
  return zero[type] ?? {};
}
