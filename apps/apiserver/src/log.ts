import { pino, type Logger } from 'pino';

/** What may wait to be written before lines are dropped. */
const backlog = 16 * 1024 * 1024;
/** How long a drop is held against the server, in milliseconds. */
const grudge = 60_000;

/** The server's log, on standard error. `check` throws when the log does not keep up. */
export function openLog(verbosity: number): {
  readonly logger: Logger;
  readonly check: () => void;
} {
  const destination = pino.destination({ dest: 2, sync: false, maxLength: backlog });
  let dropped = -Infinity;
  destination.on('drop', () => {
    dropped = Date.now();
  });
  const check = (): void => {
    if (Date.now() - dropped < grudge) throw new Error('logging blocked');
  };
  return {
    logger: pino(
      { level: levelOf(verbosity), base: null, timestamp: pino.stdTimeFunctions.isoTime },
      destination,
    ),
    check,
  };
}

/** As talkative as klog is at a verbosity. */
function levelOf(verbosity: number): string {
  if (verbosity >= 4) return 'debug';
  return verbosity >= 1 ? 'info' : 'warn';
}
