// Made by packages/kubernetes-api/scripts/generate.mjs from Kubernetes v1.37.2. Do not edit.
import type { Condition, ListMeta, ObjectMeta } from '@keelson/api-machinery';

export interface CertificateSigningRequest {
  kind?: 'CertificateSigningRequest';
  apiVersion?: 'certificates.k8s.io/v1';
  metadata: ObjectMeta;
  spec: CertificateSigningRequestSpec;
  status: CertificateSigningRequestStatus;
}

export interface CertificateSigningRequestCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastUpdateTime?: string | null;
  lastTransitionTime?: string | null;
}

export interface CertificateSigningRequestList {
  kind?: 'CertificateSigningRequestList';
  apiVersion?: 'certificates.k8s.io/v1';
  metadata: ListMeta;
  items: CertificateSigningRequest[] | null;
}

export interface CertificateSigningRequestSpec {
  request: string | null;
  signerName: string;
  expirationSeconds?: number;
  usages?: string[];
  username?: string;
  uid?: string;
  groups?: string[];
  extra?: Record<string, string[]>;
}

export interface CertificateSigningRequestStatus {
  conditions?: CertificateSigningRequestCondition[];
  certificate?: string;
}

export interface ClusterTrustBundle {
  kind?: 'ClusterTrustBundle';
  apiVersion?: 'certificates.k8s.io/v1';
  metadata: ObjectMeta;
  spec: ClusterTrustBundleSpec;
}

export interface ClusterTrustBundleList {
  kind?: 'ClusterTrustBundleList';
  apiVersion?: 'certificates.k8s.io/v1';
  metadata: ListMeta;
  items: ClusterTrustBundle[] | null;
}

export interface ClusterTrustBundleSpec {
  signerName?: string;
  trustBundle: string;
}

export interface PodCertificateRequest {
  kind?: 'PodCertificateRequest';
  apiVersion?: 'certificates.k8s.io/v1';
  metadata: ObjectMeta;
  spec: PodCertificateRequestSpec;
  status: PodCertificateRequestStatus;
}

export interface PodCertificateRequestList {
  kind?: 'PodCertificateRequestList';
  apiVersion?: 'certificates.k8s.io/v1';
  metadata: ListMeta;
  items: PodCertificateRequest[] | null;
}

export interface PodCertificateRequestSpec {
  signerName: string;
  podName: string;
  podUID: string;
  serviceAccountName: string;
  serviceAccountUID: string;
  nodeName: string;
  nodeUID: string;
  maxExpirationSeconds?: number;
  stubPKCS10Request: string | null;
  unverifiedUserAnnotations?: Record<string, string>;
}

export interface PodCertificateRequestStatus {
  conditions?: Condition[];
  certificateChain?: string;
  notBefore?: string;
  beginRefreshAt?: string;
  notAfter?: string;
}
