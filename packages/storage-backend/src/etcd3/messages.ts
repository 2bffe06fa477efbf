import protobuf from 'protobufjs/light.js';

/** A 64-bit number off the wire. Revisions fit into a double; the ids of leases do not, and are handed back as they came. */
export type Int64 = number | { toNumber(): number };

export interface ResponseHeader {
  readonly revision: Int64;
}

export interface KeyValue {
  readonly key: Uint8Array;
  readonly modRevision: Int64;
  /** How often the key was put since it was created, this time included. */
  readonly version: Int64;
  readonly value: Uint8Array;
}

export interface RangeRequest {
  readonly key: Uint8Array;
  readonly rangeEnd?: Uint8Array;
  readonly limit?: number;
  readonly revision?: number;
  readonly countOnly?: boolean;
}

export interface RangeResponse {
  readonly header: ResponseHeader;
  readonly kvs: readonly KeyValue[];
  readonly count: Int64;
}

export interface RequestOp {
  readonly requestRange?: RangeRequest;
  readonly requestPut?: {
    readonly key: Uint8Array;
    readonly value: Uint8Array;
    readonly lease?: Int64;
  };
  readonly requestDeleteRange?: { readonly key: Uint8Array };
}

export interface Compare {
  readonly target: number;
  readonly key: Uint8Array;
  readonly version?: number;
  readonly modRevision?: number;
}

export interface TxnRequest {
  readonly compare: readonly Compare[];
  readonly success: readonly RequestOp[];
  readonly failure: readonly RequestOp[];
}

export interface TxnResponse {
  readonly header: ResponseHeader;
  readonly succeeded: boolean;
  readonly responses: readonly { readonly responseRange?: RangeResponse | null }[];
}

export interface WatchRequest {
  readonly createRequest?: {
    readonly key: Uint8Array;
    readonly rangeEnd: Uint8Array;
    readonly startRevision: number;
    readonly progressNotify: boolean;
    readonly prevKv: boolean;
    readonly fragment: boolean;
  };
  readonly progressRequest?: object;
}

export interface WatchEvent {
  readonly type: number;
  readonly kv: KeyValue;
  readonly prevKv: KeyValue | null;
}

export interface WatchResponse {
  readonly header: ResponseHeader;
  readonly created: boolean;
  readonly canceled: boolean;
  readonly compactRevision: Int64;
  readonly cancelReason: string;
  /** More of the same is to come: the last revision may not be whole yet. */
  readonly fragment: boolean;
  readonly events: readonly WatchEvent[];
}

export interface LeaseGrantResponse {
  readonly id: Int64;
}

export interface StatusResponse {
  readonly version: string;
}

type Field = readonly [number: number, type: string, rule?: 'repeated'];

/** What is used of etcd's `rpc.proto` and `kv.proto`, by number; unknown fields are skipped. */
const fields: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  ResponseHeader: { revision: [3, 'int64'] },
  KeyValue: {
    key: [1, 'bytes'],
    modRevision: [3, 'int64'],
    version: [4, 'int64'],
    value: [5, 'bytes'],
  },
  RangeRequest: {
    key: [1, 'bytes'],
    rangeEnd: [2, 'bytes'],
    limit: [3, 'int64'],
    revision: [4, 'int64'],
    countOnly: [9, 'bool'],
  },
  RangeResponse: {
    header: [1, 'ResponseHeader'],
    kvs: [2, 'KeyValue', 'repeated'],
    count: [4, 'int64'],
  },
  PutRequest: { key: [1, 'bytes'], value: [2, 'bytes'], lease: [3, 'int64'] },
  DeleteRangeRequest: { key: [1, 'bytes'] },
  RequestOp: {
    requestRange: [1, 'RangeRequest'],
    requestPut: [2, 'PutRequest'],
    requestDeleteRange: [3, 'DeleteRangeRequest'],
  },
  ResponseOp: { responseRange: [1, 'RangeResponse'] },
  Compare: {
    target: [2, 'int32'],
    key: [3, 'bytes'],
    version: [4, 'int64'],
    modRevision: [6, 'int64'],
  },
  TxnRequest: {
    compare: [1, 'Compare', 'repeated'],
    success: [2, 'RequestOp', 'repeated'],
    failure: [3, 'RequestOp', 'repeated'],
  },
  TxnResponse: {
    header: [1, 'ResponseHeader'],
    succeeded: [2, 'bool'],
    responses: [3, 'ResponseOp', 'repeated'],
  },
  CompactionRequest: { revision: [1, 'int64'] },
  CompactionResponse: {},
  WatchCreateRequest: {
    key: [1, 'bytes'],
    rangeEnd: [2, 'bytes'],
    startRevision: [3, 'int64'],
    progressNotify: [4, 'bool'],
    prevKv: [6, 'bool'],
    fragment: [8, 'bool'],
  },
  WatchProgressRequest: {},
  WatchRequest: {
    createRequest: [1, 'WatchCreateRequest'],
    progressRequest: [3, 'WatchProgressRequest'],
  },
  Event: { type: [1, 'int32'], kv: [2, 'KeyValue'], prevKv: [3, 'KeyValue'] },
  WatchResponse: {
    header: [1, 'ResponseHeader'],
    created: [3, 'bool'],
    canceled: [4, 'bool'],
    compactRevision: [5, 'int64'],
    cancelReason: [6, 'string'],
    fragment: [7, 'bool'],
    events: [11, 'Event', 'repeated'],
  },
  LeaseGrantRequest: { ttl: [1, 'int64'] },
  LeaseGrantResponse: { id: [2, 'int64'] },
  StatusRequest: {},
  StatusResponse: { version: [2, 'string'] },
};

function describe(name: string, message: Readonly<Record<string, Field>>): protobuf.Type {
  const type = new protobuf.Type(name);
  for (const [field, [id, kind, rule]] of Object.entries(message)) {
    type.add(new protobuf.Field(field, id, kind, rule));
  }
  return type;
}

const root = new protobuf.Root();
for (const [name, message] of Object.entries(fields)) root.add(describe(name, message));

/** One of etcd's methods: where it is, and how its messages are written. */
export interface Method<Request, Response> {
  readonly path: string;
  /** Whether it may be sent again when it is not known if it was carried out. */
  readonly repeatable: boolean;
  readonly serialize: (request: Request) => Buffer;
  readonly deserialize: (bytes: Buffer) => Response;
}

function method<Request extends object, Response>(
  path: string,
  messages: readonly [request: string, response: string],
  repeatable: boolean,
): Method<Request, Response> {
  const [request, response] = messages.map((name) => root.lookupType(name));
  return {
    path: `/etcdserverpb.${path}`,
    repeatable,
    serialize: (message) => Buffer.from(request!.encode(message).finish()),
    deserialize: (bytes) => response!.decode(bytes) as Response,
  };
}

export const range = method<RangeRequest, RangeResponse>(
  'KV/Range',
  ['RangeRequest', 'RangeResponse'],
  true,
);
export const txn = method<TxnRequest, TxnResponse>('KV/Txn', ['TxnRequest', 'TxnResponse'], false);
export const compact = method<{ readonly revision: number }, object>(
  'KV/Compact',
  ['CompactionRequest', 'CompactionResponse'],
  true,
);
export const watch = method<WatchRequest, WatchResponse>(
  'Watch/Watch',
  ['WatchRequest', 'WatchResponse'],
  true,
);
export const leaseGrant = method<{ readonly ttl: number }, LeaseGrantResponse>(
  'Lease/LeaseGrant',
  ['LeaseGrantRequest', 'LeaseGrantResponse'],
  true,
);
export const status = method<object, StatusResponse>(
  'Maintenance/Status',
  ['StatusRequest', 'StatusResponse'],
  true,
);

export function toNumber(value: Int64): number {
  return typeof value === 'number' ? value : value.toNumber();
}
