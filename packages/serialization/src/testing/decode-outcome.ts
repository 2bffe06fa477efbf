import { StatusError, type GroupVersionKind } from '@keelson/api-machinery';
import { schemaOf } from '@keelson/kubernetes-api';
import { decodeCbor, encodeJson, parseCbor, valueText } from '../index.ts';

/** What CBOR became: JSON, and what was unknown; or why it is refused, without what a server says around it. */
export type Outcome =
  | { readonly json: string; readonly unknown?: string }
  | { readonly refused: string };

/** The kind of a type's objects. */
export function kindOfType(type: string): GroupVersionKind {
  const [kind] = schemaOf(type).gvk ?? [];
  if (kind === undefined) throw new Error(`${type} has no kind`);
  return kind;
}

/** Decodes an object of a type, or any value. */
export function outcomeOf(document: Uint8Array, type: string | undefined): Outcome {
  try {
    return type === undefined ? { json: valueText(parseCbor(document)) } : decoded(document, type);
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 400) throw error;
    return { refused: withoutKind(error.message) };
  }
}

function decoded(document: Uint8Array, type: string): Outcome {
  const { object, problems } = decodeCbor(document, schemaOf(type), kindOfType(type));
  const json = Buffer.from(encodeJson(object, schemaOf(type))).toString();
  return problems.length === 0 ? { json } : { json, unknown: problems.join(', ') };
}

const withoutKind = (message: string): string =>
  message
    .replace(/^the object provided is unrecognized \(must be of type \w+\): (.*) \(.*\)$/s, '$1')
    .replace(/^.* in version ".*" cannot be handled as a \w+: /s, '');
