import type { Running } from './run.ts';

/** A terminal sends a signal to everybody in it, and npm and the like pass theirs on: what comes together is one wish. In milliseconds. */
const together = 500;

/** Stops the server in order on SIGTERM or SIGINT; at once when asked again, since who asks twice does not want to wait. */
export function stopOnSignals({ stop }: Pick<Running, 'stop'>): void {
  let first: number | undefined;
  const onSignal = (): void => {
    if (first !== undefined) {
      if (performance.now() - first > together) process.exit(1);
      return;
    }
    first = performance.now();
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
