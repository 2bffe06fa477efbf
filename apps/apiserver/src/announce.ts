import type { Options } from './options.ts';
import type { Running } from './run.ts';

/** Says where the server is, where its things are, and what to type next. */
export function announce(
  { url, kubeconfig, dataDir, movedFrom }: Running,
  { storage }: Options,
): void {
  const lines = [`Keelson is ready on ${url}`];
  if (movedFrom !== undefined) lines.push(`  (port ${movedFrom} is taken by another program)`);
  if (storage.kind === 'embedded') lines.push(`  data        ${dataDir}`);
  if (kubeconfig !== undefined)
    lines.push(
      `  kubeconfig  ${kubeconfig}`,
      '',
      'Next, in another terminal:',
      `  export KUBECONFIG=${kubeconfig}`,
      '  kubectl get namespaces',
    );
  console.log(lines.join('\n'));
}
