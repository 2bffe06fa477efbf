import { enableCompileCache } from 'node:module';

enableCompileCache();
const [{ parseFlags }, { UsageError }, { optionsOf }] = await Promise.all([
  import('./flags/parse-flags.ts'),
  import('./flags/usage-error.ts'),
  import('./options.ts'),
]);

/** Reads the command line; ends the process with what it asks to see, or with what is wrong with it. */
async function options() {
  try {
    const flags = parseFlags(process.argv.slice(2));
    if (flags.isSet('help')) await show((await import('./flags/help.ts')).helpText());
    if (flags.isSet('version')) await show('Kubernetes v1.37.2');
    for (const warning of flags.warnings) console.error(`kube-apiserver: ${warning}`);
    return optionsOf(flags);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`kube-apiserver: ${error.message}\nkube-apiserver --help shows all flags.`);
    process.exit(error.exitCode);
  }
}

/** A pipe takes its time: the process ends when all is written. */
async function show(text: string): Promise<never> {
  await new Promise((written) => process.stdout.write(`${text}\n`, written));
  process.exit(0);
}

const wanted = await options();
const [{ completeConfig }, { run }, { announce }, { stopOnSignals }] = await Promise.all([
  import('./config.ts'),
  import('./run.ts'),
  import('./announce.ts'),
  import('./signals.ts'),
]);

try {
  const running = await run(await completeConfig(wanted));
  stopOnSignals(running);
  announce(running, wanted);
} catch (error) {
  console.error(`kube-apiserver: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
