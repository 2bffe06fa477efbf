const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const number = String.raw`(?:\d+\.?\d*|\.\d+)`;
const whole = new RegExp(`^[-+]?(?:0|(?:${number}[a-zµμ]+)+)$`);
const part = new RegExp(`(${number})([a-zµμ]+)`, 'g');

/** A Go duration such as `1m30s`, in milliseconds; undefined for what is none. */
export function parseDuration(text: string): number | undefined {
  if (durationProblem(text) !== undefined) return undefined;
  let total = 0;
  for (const [, count = '', unit = ''] of text.matchAll(part))
    total += Number(count) * (units[unit] ?? 0);
  return text.startsWith('-') ? -total : total;
}

/** What Go says of a text that is no duration; undefined for one that is. Behaviour: time.ParseDuration. */
export function durationProblem(text: string): string | undefined {
  const quoted = JSON.stringify(text);
  if (new RegExp(`^[-+]?(?:${number}[a-zµμ]+)*${number}$`).test(text) && !/^[-+]?0$/.test(text))
    return `time: missing unit in duration ${quoted}`;
  if (!whole.test(text)) return `time: invalid duration ${quoted}`;
  for (const [, , unit = ''] of text.matchAll(part)) {
    if (units[unit] === undefined)
      return `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`;
  }
  return undefined;
}
