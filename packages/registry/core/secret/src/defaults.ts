import type { Secret } from '@keelson/kubernetes-api/core/v1';

/** Moves `stringData`, which is only ever written, into `data`. Behaviour: apis/core/v1 Convert_v1_Secret_To_core_Secret, SetDefaults_Secret. */
export function defaultSecret(secret: Secret): void {
  // Without any, a secret without data stays one: that is not the same as empty data.
  for (const [key, value] of Object.entries(secret.stringData ?? {}))
    (secret.data ??= {})[key] = Buffer.from(value).toString('base64');
  delete secret.stringData;
  if (!secret.type) secret.type = 'Opaque';
}
