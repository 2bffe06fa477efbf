/** The endpoints that say how the server is. */
export type HealthEndpoint = 'healthz' | 'livez' | 'readyz';

export const healthEndpoints: readonly HealthEndpoint[] = ['healthz', 'livez', 'readyz'];

/** A named check of `/healthz`, `/livez` and `/readyz`. */
export interface HealthCheck {
  readonly name: string;
  /** Which endpoints ask it; all when absent. */
  readonly of?: readonly HealthEndpoint[];
  /** Rejects, or throws, with what is wrong. What it says is logged; clients learn the check's name only. */
  check(): Promise<void> | void;
}

export interface HealthAnswer {
  readonly status: number;
  readonly text: string;
  /** What is wrong, by check; for the log. */
  readonly problems: Readonly<Record<string, string>>;
}

/** A check that cannot fail while the process answers. Behaviour: healthz PingHealthz. */
export const pingCheck: HealthCheck = { name: 'ping', check: () => undefined };

/** The checks that an endpoint asks. */
export function checksOf(
  checks: readonly HealthCheck[],
  endpoint: HealthEndpoint,
): readonly HealthCheck[] {
  return checks.filter(({ of }) => of?.includes(endpoint) ?? true);
}

/** Asks all checks of an endpoint: `ok`, or the list of them. Behaviour: k8s.io/apiserver server/healthz handleRootHealth, v1.37. */
export async function answerHealth(
  checks: readonly HealthCheck[],
  endpoint: HealthEndpoint,
  query: URLSearchParams,
): Promise<HealthAnswer> {
  const excluded = new Set(query.getAll('exclude'));
  const unknown = new Set(excluded);
  const problems: Record<string, string> = {};
  const lines: string[] = [];
  for (const check of checksOf(checks, endpoint)) {
    unknown.delete(check.name);
    if (excluded.has(check.name)) {
      lines.push(`[+]${check.name} excluded: ok`);
      continue;
    }
    const problem = await problemOf(check);
    if (problem !== undefined) problems[check.name] = problem;
    lines.push(
      problem === undefined ? `[+]${check.name} ok` : `[-]${check.name} failed: reason withheld`,
    );
  }
  if (unknown.size > 0)
    lines.push(
      `warn: some health checks cannot be excluded: no matches for ${[...unknown]
        .sort()
        .map((name) => JSON.stringify(name))
        .join(',')}`,
    );
  if (Object.keys(problems).length > 0)
    return { status: 500, text: `${lines.join('\n')}\n${endpoint} check failed\n`, problems };
  return {
    status: 200,
    text: query.has('verbose') ? `${lines.join('\n')}\n${endpoint} check passed\n` : 'ok',
    problems,
  };
}

/** Asks one check; its problem is told, since only who may ask for it by name gets here. Behaviour: healthz adaptCheckToHandler. */
export async function answerCheck(check: HealthCheck): Promise<HealthAnswer> {
  const problem = await problemOf(check);
  if (problem === undefined) return { status: 200, text: 'ok', problems: {} };
  return {
    status: 500,
    text: `internal server error: ${problem}\n`,
    problems: { [check.name]: problem },
  };
}

async function problemOf(check: HealthCheck): Promise<string | undefined> {
  try {
    await check.check();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
