import type { Running } from './run.ts';

/** Stops the server in order on SIGTERM or SIGINT; at once on the second, since who asks twice does not want to wait. */
export function stopOnSignals({ stop }: Pick<Running, 'stop'>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('kube-apiserver: it did not stop cleanly:', error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
}
