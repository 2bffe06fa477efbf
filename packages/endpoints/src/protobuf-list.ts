import { setImmediate } from 'node:timers/promises';
import type { KubernetesObject } from '@keelson/api-machinery';
import type { ListResult, Representation } from '@keelson/rest-interfaces';
import { messageIn, protobufListChunks } from '@keelson/serialization';
import type { Transform } from './negotiate.ts';
import { partialProtobuf, protobufOf } from './protobuf.ts';
import type { Scope } from './scope.ts';

/** What a list says that it is, and what of its objects it has. */
export interface ListForm {
  readonly kind: string;
  readonly apiVersion: string;
  /** Undefined: the objects themselves, else their metadata. */
  readonly transform: Transform | undefined;
}

/** Objects may have to be encoded first: others get their turn after so many. */
const turn = 200;

/**
 * A list in protobuf, from the bytes that its objects keep. A message says how long it is before it says what it is, so all items are
 * encoded before the first chunk is.
 */
export async function protobufList(
  scope: Scope,
  { kind, apiVersion, transform }: ListForm,
  { items, resourceVersion, continue: token, remainingItemCount }: ListResult<KubernetesObject>,
): Promise<Iterable<Uint8Array>> {
  const messages = await messagesOf(items, (item) =>
    transform === undefined ? protobufOf(item, scope) : partialProtobuf(item, transform),
  );
  const metadata = { resourceVersion, continue: token, remainingItemCount };
  return protobufListChunks({ kind, apiVersion, metadata, items: messages });
}

async function messagesOf(
  items: readonly Representation<KubernetesObject>[],
  encode: (item: Representation<KubernetesObject>) => Uint8Array,
): Promise<readonly Uint8Array[]> {
  const messages: Uint8Array[] = [];
  for (const item of items) {
    messages.push(messageIn(encode(item)));
    if (messages.length % turn === 0) await setImmediate();
  }
  return messages;
}
