import type { Administrator } from '../config.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A kubeconfig for the administrator, with everything in it. */
export function kubeconfigText(server: string, { serverCA, cert, key }: Administrator): string {
  return `apiVersion: v1
kind: Config
current-context: keelson
clusters:
- name: keelson
  cluster:
    server: ${server}
    certificate-authority-data: ${base64(serverCA)}
users:
- name: keelson-admin
  user:
    client-certificate-data: ${base64(cert)}
    client-key-data: ${base64(key)}
contexts:
- name: keelson
  context:
    cluster: keelson
    user: keelson-admin
`;
}
