// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.
import type { ListMeta, ObjectMeta } from '@keelson/api-machinery';
import type * as coreV1 from '../core/v1.ts';

export interface Endpoint {
  addresses: string[] | null;
  conditions: EndpointConditions;
  hostname?: string;
  targetRef?: coreV1.ObjectReference;
  deprecatedTopology?: Record<string, string>;
  nodeName?: string;
  zone?: string;
  hints?: EndpointHints;
}

export interface EndpointConditions {
  ready?: boolean;
  serving?: boolean;
  terminating?: boolean;
}

export interface EndpointHints {
  forZones?: ForZone[];
  forNodes?: ForNode[];
}

export interface EndpointPort {
  name?: string;
  protocol?: string;
  port?: number;
  appProtocol?: string;
}

export interface EndpointSlice {
  kind?: 'EndpointSlice';
  apiVersion?: 'discovery.k8s.io/v1';
  metadata: ObjectMeta;
  addressType: string;
  endpoints: Endpoint[] | null;
  ports: EndpointPort[] | null;
}

export interface EndpointSliceList {
  kind?: 'EndpointSliceList';
  apiVersion?: 'discovery.k8s.io/v1';
  metadata: ListMeta;
  items: EndpointSlice[] | null;
}

export interface ForNode {
  name: string;
}

export interface ForZone {
  name: string;
}
