import { stringText } from './json-text.ts';

export interface ListHead {
  readonly kind: string;
  readonly apiVersion: string;
  readonly resourceVersion: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

/** What stands before a list's first item; items are joined with commas, and `listTail` follows. */
export function listHead(head: ListHead): Buffer {
  const metadata = [
    ...(head.resourceVersion === ''
      ? []
      : [`"resourceVersion":${stringText(head.resourceVersion)}`]),
    ...(head.continue === undefined ? [] : [`"continue":${stringText(head.continue)}`]),
    ...(head.remainingItemCount === undefined
      ? []
      : [`"remainingItemCount":${head.remainingItemCount}`]),
  ];
  return Buffer.from(
    `{"kind":${stringText(head.kind)},"apiVersion":${stringText(head.apiVersion)},"metadata":{${metadata.join(',')}},"items":[`,
  );
}

/** How many bytes of an object's JSON stand for its kind and apiVersion, which the items of a list do not repeat. */
export function kindLength({ kind, apiVersion }: Pick<ListHead, 'kind' | 'apiVersion'>): number {
  return Buffer.byteLength(`{"kind":${stringText(kind)},"apiVersion":${stringText(apiVersion)},`);
}

export const listTail = Buffer.from(']}\n');

/** One event of a JSON watch, from the object's bytes. */
export function watchFrame(type: string, object: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`{"type":"${type}","object":`), object, Buffer.from('}\n')]);
}
