import type { OwnCredentials } from './credentials.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A kubeconfig for the administrator, with everything in it. */
export function kubeconfigText(server: string, { ca, admin }: OwnCredentials): string {
  return `apiVersion: v1
kind: Config
current-context: keelson
clusters:
- name: keelson
  cluster:
    server: ${server}
    certificate-authority-data: ${base64(ca)}
users:
- name: keelson-admin
  user:
    client-certificate-data: ${base64(admin.cert)}
    client-key-data: ${base64(admin.key)}
contexts:
- name: keelson
  context:
    cluster: keelson
    user: keelson-admin
`;
}
