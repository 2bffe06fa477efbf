// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.
import type { Condition, IntOrString, LabelSelector, ListMeta, ObjectMeta } from '@keelson/api-machinery';
import type * as coreV1 from '../core/v1.ts';

export interface HTTPIngressPath {
  path?: string;
  pathType: string | null;
  backend: IngressBackend;
}

export interface HTTPIngressRuleValue {
  paths: HTTPIngressPath[] | null;
}

export interface IPAddress {
  kind?: 'IPAddress';
  apiVersion?: 'networking.k8s.io/v1';
  metadata: ObjectMeta;
  spec: IPAddressSpec;
}

export interface IPAddressList {
  kind?: 'IPAddressList';
  apiVersion?: 'networking.k8s.io/v1';
  metadata: ListMeta;
  items: IPAddress[] | null;
}

export interface IPAddressSpec {
  parentRef?: ParentReference;
}

export interface IPBlock {
  cidr: string;
  except?: string[];
}

export interface Ingress {
  kind?: 'Ingress';
  apiVersion?: 'networking.k8s.io/v1';
  metadata: ObjectMeta;
  spec: IngressSpec;
  status: IngressStatus;
}

export interface IngressBackend {
  service?: IngressServiceBackend;
  resource?: coreV1.TypedLocalObjectReference;
}

export interface IngressClass {
  kind?: 'IngressClass';
  apiVersion?: 'networking.k8s.io/v1';
  metadata: ObjectMeta;
  spec: IngressClassSpec;
}

export interface IngressClassList {
  kind?: 'IngressClassList';
  apiVersion?: 'networking.k8s.io/v1';
  metadata: ListMeta;
  items: IngressClass[] | null;
}

export interface IngressClassParametersReference {
  apiGroup?: string;
  kind: string;
  name: string;
  scope: string | null;
  namespace?: string;
}

export interface IngressClassSpec {
  controller?: string;
  parameters?: IngressClassParametersReference;
}

export interface IngressList {
  kind?: 'IngressList';
  apiVersion?: 'networking.k8s.io/v1';
  metadata: ListMeta;
  items: Ingress[] | null;
}

export interface IngressLoadBalancerIngress {
  ip?: string;
  hostname?: string;
  ports?: IngressPortStatus[];
}

export interface IngressLoadBalancerStatus {
  ingress?: IngressLoadBalancerIngress[];
}

export interface IngressPortStatus {
  port: number;
  protocol: string;
  error?: string;
}

export interface IngressRule {
  host?: string;
  http?: HTTPIngressRuleValue;
}

export interface IngressServiceBackend {
  name: string;
  port: ServiceBackendPort;
}

export interface IngressSpec {
  ingressClassName?: string;
  defaultBackend?: IngressBackend;
  tls?: IngressTLS[];
  rules?: IngressRule[];
}

export interface IngressStatus {
  loadBalancer: IngressLoadBalancerStatus;
}

export interface IngressTLS {
  hosts?: string[];
  secretName?: string;
}

export interface NetworkPolicy {
  kind?: 'NetworkPolicy';
  apiVersion?: 'networking.k8s.io/v1';
  metadata: ObjectMeta;
  spec: NetworkPolicySpec;
}

export interface NetworkPolicyEgressRule {
  ports?: NetworkPolicyPort[];
  to?: NetworkPolicyPeer[];
}

export interface NetworkPolicyIngressRule {
  ports?: NetworkPolicyPort[];
  from?: NetworkPolicyPeer[];
}

export interface NetworkPolicyList {
  kind?: 'NetworkPolicyList';
  apiVersion?: 'networking.k8s.io/v1';
  metadata: ListMeta;
  items: NetworkPolicy[] | null;
}

export interface NetworkPolicyPeer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: IPBlock;
}

export interface NetworkPolicyPort {
  protocol?: string;
  port?: IntOrString;
  endPort?: number;
}

export interface NetworkPolicySpec {
  podSelector: LabelSelector;
  ingress?: NetworkPolicyIngressRule[];
  egress?: NetworkPolicyEgressRule[];
  policyTypes?: string[];
}

export interface ParentReference {
  group?: string;
  resource?: string;
  namespace?: string;
  name?: string;
}

export interface ServiceBackendPort {
  name?: string;
  number?: number;
}

export interface ServiceCIDR {
  kind?: 'ServiceCIDR';
  apiVersion?: 'networking.k8s.io/v1';
  metadata: ObjectMeta;
  spec: ServiceCIDRSpec;
  status: ServiceCIDRStatus;
}

export interface ServiceCIDRList {
  kind?: 'ServiceCIDRList';
  apiVersion?: 'networking.k8s.io/v1';
  metadata: ListMeta;
  items: ServiceCIDR[] | null;
}

export interface ServiceCIDRSpec {
  cidrs?: string[];
}

export interface ServiceCIDRStatus {
  conditions?: Condition[];
}
