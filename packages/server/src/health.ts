/** A named check of `/healthz`, `/livez` and `/readyz`. */
export interface HealthCheck {
  readonly name: string;
  /** Which endpoints ask it. */
  readonly of: readonly HealthEndpoint[];
  /** Rejects, or throws, with what is wrong. */
  check(): Promise<void>;
}

export type HealthEndpoint = 'healthz' | 'livez' | 'readyz';

export interface HealthAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Answers a health endpoint: `ok`, or the list of checks. Behaviour: k8s.io/apiserver server/healthz, v1.37.
 * `undefined` for a check that there is not.
 */
export async function answerHealth(checks: readonly HealthCheck[], endpoint: HealthEndpoint, name: string, query: URLSearchParams): Promise<HealthAnswer | undefined> {
  const own = checks.filter(({ of }) => of.includes(endpoint));
  if (name !== '') return await answerOne(own, name);
  const excluded = new Set(query.getAll('exclude'));
  const lines: string[] = [];
  let failed = false;
  for (const check of own) {
    if (excluded.delete(check.name)) {
      lines.push(`[+]${check.name} excluded: ok`);
      continue;
    }
    const wrong = await problemOf(check);
    if (wrong !== undefined) failed = true;
    lines.push(wrong === undefined ? `[+]${check.name} ok` : `[-]${check.name} failed: reason withheld`);
  }
  if (excluded.size > 0) lines.push(`warn: some health checks cannot be excluded: no matches for ${[...excluded].map((one) => JSON.stringify(one)).join(', ')}`);
  if (failed) return { status: 500, text: `${lines.join('\n')}\n${endpoint} check failed\n` };
  return { status: 200, text: query.has('verbose') ? `${lines.join('\n')}\n${endpoint} check passed\n` : 'ok' };
}

async function answerOne(checks: readonly HealthCheck[], name: string): Promise<HealthAnswer | undefined> {
  const check = checks.find((one) => one.name === name);
  if (check === undefined) return undefined;
  const wrong = await problemOf(check);
  return wrong === undefined ? { status: 200, text: 'ok' } : { status: 500, text: `internal server error: ${wrong}\n` };
}

async function problemOf(check: HealthCheck): Promise<string | undefined> {
  try {
    await check.check();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A check that cannot fail while the process answers. Behaviour: healthz PingHealthz. */
export const pingCheck: HealthCheck = { name: 'ping', of: ['healthz', 'livez', 'readyz'], check: () => Promise.resolve() };
