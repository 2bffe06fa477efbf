import gates from './feature-gates.json' with { type: 'json' };
import { isBoolean, isTrue } from './flag-values.ts';
import { UsageError } from './usage-error.ts';

/** A feature gate, as kube-apiserver v1.37.2 has it. */
interface FeatureGate {
  readonly name: string;
  readonly default: boolean;
  /** Whether it cannot be set to anything else. */
  readonly locked?: boolean;
}

/** Gates that do here what they do in kube-apiserver; all others are as they are by default. */
const supported: ReadonlySet<string> = new Set(['CBORServingAndStorage', 'WatchListCompression']);

const byDefault = (gates as readonly FeatureGate[]).filter(
  (gate) => gate.default && supported.has(gate.name),
);

/** What of them is on, given `--feature-gates`. Throws UsageError: in upstream's words, or for a gate whose capability is not there. */
export function enabledFeatures(settings: readonly string[]): ReadonlySet<string> {
  const enabled = new Set(byDefault.map(({ name }) => name));
  for (const setting of settings.map(withoutComponent)) {
    if (setting === '') continue;
    const { name, value } = settingOf(setting);
    if (!supported.has(name)) continue;
    if (value) enabled.add(name);
    else enabled.delete(name);
  }
  return enabled;
}

/** `Name=true` */
function settingOf(setting: string): { readonly name: string; readonly value: boolean } {
  const [name, text] = partsOf(setting);
  if (!isBoolean(text))
    throw new UsageError(
      `invalid value of ${name}=${text}, err: strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  const value = isTrue(text);
  check(name, value);
  return { name, value };
}

/** `kube:Name=true` is the same: the server has no other component. */
function withoutComponent(setting: string): string {
  const end = setting.indexOf(':');
  const component = setting.slice(0, Math.max(end, 0)).trim();
  if (component !== '' && component !== 'kube')
    throw new UsageError(`component not registered: ${component}`);
  return setting.slice(end + 1).trim();
}

function partsOf(setting: string): readonly [name: string, value: string] {
  const end = setting.indexOf('=');
  if (end < 0) throw new UsageError(`missing bool value for ${setting}`);
  return [setting.slice(0, end).trim(), setting.slice(end + 1).trim()];
}

/** Behaviour: k8s.io/component-base featuregate, v0.37. */
function check(name: string, value: boolean): void {
  const gate = (gates as readonly FeatureGate[]).find((one) => one.name === name);
  if (gate === undefined) throw new UsageError(`unrecognized feature gate: ${name}`);
  if (gate.locked === true && value !== gate.default)
    throw new UsageError(
      `cannot set feature gate ${name} to ${value}, feature is locked to ${gate.default}`,
    );
  if (value === gate.default || supported.has(name)) return;
  throw new UsageError(
    `--feature-gates=${name}=${value} needs a capability that Keelson does not have yet; leave the gate out, or at its default (${gate.default})`,
  );
}
