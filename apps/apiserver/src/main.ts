import { enableCompileCache } from 'node:module';

enableCompileCache();
const { parseFlags, UsageError } = await import('./flags/parse-flags.ts');
const { optionsOf } = await import('./options.ts');

/** Parses the command line; ends the process with what to say when it is wrong or asks for help. */
function options() {
  try {
    const flags = parseFlags(process.argv.slice(2));
    if (flags.isSet('version')) {
      console.log('Kubernetes v1.37.2');
      process.exit(0);
    }
    return optionsOf(flags);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (error.exitCode === 0) console.log(error.message);
    else console.error(`kube-apiserver: ${error.message}\nkube-apiserver --help shows all flags.`);
    process.exit(error.exitCode);
  }
}

const wanted = options();
const [{ completeConfig }, { run }] = await Promise.all([import('./config.ts'), import('./run.ts')]);
const { announce } = await import('./announce.ts');

try {
  const running = await run(await completeConfig(wanted));
  announce(running, wanted);
  let stopping = false;
  const stop = (): void => {
    // Who asks twice does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('kube-apiserver: it did not stop cleanly:', error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
} catch (error) {
  console.error(`kube-apiserver: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
