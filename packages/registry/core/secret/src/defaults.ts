import type { Secret } from '@keelson/kubernetes-api/core/v1';

/** Moves `stringData`, which is only ever written, into `data`. Behaviour: apis/core/v1 Convert_v1_Secret_To_core_Secret, SetDefaults_Secret. */
export function defaultSecret(secret: Secret): void {
  const { stringData } = secret;
  if (stringData !== undefined) {
    secret.data ??= {};
    for (const [key, value] of Object.entries(stringData))
      secret.data[key] = Buffer.from(value).toString('base64');
    delete secret.stringData;
  }
  if (!secret.type) secret.type = 'Opaque';
}
