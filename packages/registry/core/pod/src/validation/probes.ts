import {
  forbidden,
  invalid,
  isHTTPHeaderName,
  isValidPortName,
  isValidPortNum,
  required,
  validateNonNegative,
  type FieldError,
  type FieldPath,
  type Int64,
  type IntOrString,
} from '@keelson/api-machinery';
import type {
  ExecAction,
  GRPCAction,
  HTTPGetAction,
  Lifecycle,
  LifecycleHandler,
  Probe,
  SleepAction,
  TCPSocketAction,
} from '@keelson/kubernetes-api/core/v1';
import { oneOf, problems } from './findings.ts';

type Handler = Pick<Probe, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'> &
  Pick<LifecycleHandler, 'sleep'>;

/** What a container's probes and hooks are checked with. Behaviour: core/validation validateLivenessProbe and its like, v1.37. */
export function validateProbes(
  probes: {
    readonly livenessProbe?: Probe;
    readonly readinessProbe?: Probe;
    readonly startupProbe?: Probe;
  },
  grace: Int64 | undefined,
  path: FieldPath,
): FieldError[] {
  const { livenessProbe, readinessProbe, startupProbe } = probes;
  return [
    ...(livenessProbe ? validateOnce(livenessProbe, grace, path.child('livenessProbe')) : []),
    ...(readinessProbe
      ? validateReadiness(readinessProbe, grace, path.child('readinessProbe'))
      : []),
    ...(startupProbe ? validateOnce(startupProbe, grace, path.child('startupProbe')) : []),
  ];
}

/** A probe that need succeed but once. */
function validateOnce(probe: Probe, grace: Int64 | undefined, path: FieldPath): FieldError[] {
  const successes = probe.successThreshold ?? 0;
  return [
    ...validateProbe(probe, grace, path),
    ...(successes === 1 ? [] : [invalid(path.child('successThreshold'), successes, 'must be 1')]),
  ];
}

function validateReadiness(probe: Probe, grace: Int64 | undefined, path: FieldPath): FieldError[] {
  const { terminationGracePeriodSeconds: own } = probe;
  const errors = validateProbe(probe, grace, path);
  if (own !== undefined)
    errors.push(
      invalid(
        path.child('terminationGracePeriodSeconds'),
        own,
        'must not be set for readinessProbes',
      ),
    );
  return errors;
}

function validateProbe(probe: Probe, grace: Int64 | undefined, path: FieldPath): FieldError[] {
  const errors = validateHandler(probe, grace, path);
  for (const field of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const) {
    errors.push(...validateNonNegative(probe[field] ?? 0, path.child(field)));
  }
  const { terminationGracePeriodSeconds: own } = probe;
  if (own !== undefined && own <= 0)
    errors.push(
      invalid(path.child('terminationGracePeriodSeconds'), own, 'must be greater than 0'),
    );
  return errors;
}

/** What a probe or a hook does: exactly one thing. */
function validateHandler(
  { exec, httpGet, tcpSocket, grpc, sleep }: Handler,
  grace: Int64 | undefined,
  path: FieldPath,
): FieldError[] {
  const given: readonly (readonly [string, (() => FieldError[]) | undefined])[] = [
    ['exec', exec && (() => validateExec(exec, path.child('exec')))],
    ['httpGet', httpGet && (() => validateHttpGet(httpGet, path.child('httpGet')))],
    ['tcpSocket', tcpSocket && (() => validateTcpSocket(tcpSocket, path.child('tcpSocket')))],
    ['grpc', grpc && (() => validateGrpc(grpc, path.child('grpc')))],
    ['sleep', sleep && (() => validateSleep(sleep, grace, path.child('sleep')))],
  ];
  const errors: FieldError[] = [];
  let found = false;
  for (const [name, validate] of given) {
    if (validate === undefined) continue;
    if (found) errors.push(forbidden(path.child(name), 'may not specify more than 1 handler type'));
    else errors.push(...validate());
    found = true;
  }
  return found ? errors : [required(path, 'must specify a handler type')];
}

function validateExec({ command }: ExecAction, path: FieldPath): FieldError[] {
  return command?.length ? [] : [required(path.child('command'))];
}

function validateHttpGet(action: HTTPGetAction, path: FieldPath): FieldError[] {
  const errors = action.path ? [] : [required(path.child('path'))];
  errors.push(
    ...validatePort(action.port, path.child('port')),
    ...oneOf(path.child('scheme'), action.scheme ?? '', ['HTTP', 'HTTPS']),
  );
  for (const { name } of action.httpHeaders ?? [])
    errors.push(...problems(path.child('httpHeaders'), name, isHTTPHeaderName(name)));
  return errors;
}

function validateTcpSocket({ port }: TCPSocketAction, path: FieldPath): FieldError[] {
  return validatePort(port, path.child('port'));
}

function validateGrpc({ port }: GRPCAction, path: FieldPath): FieldError[] {
  return validatePort(port ?? 0, path.child('port'));
}

function validateSleep(
  { seconds }: SleepAction,
  grace: Int64 | undefined,
  path: FieldPath,
): FieldError[] {
  if (grace === undefined || (seconds >= 0 && seconds <= grace)) return [];
  return [
    invalid(
      path,
      seconds,
      `must be non-negative and less than terminationGracePeriodSeconds (${grace})`,
    ),
  ];
}

/** A port by number or by name. */
export function validatePort(port: IntOrString, path: FieldPath): FieldError[] {
  return problems(
    path,
    port,
    typeof port === 'number' ? isValidPortNum(port) : isValidPortName(port),
  );
}

/** Behaviour: core/validation validateLifecycle, v1.37. */
export function validateLifecycle(
  lifecycle: Lifecycle | undefined,
  grace: Int64 | undefined,
  path: FieldPath,
): FieldError[] {
  if (lifecycle === undefined) return [];
  const { postStart, preStop } = lifecycle;
  return [
    ...(postStart === undefined ? [] : validateHandler(postStart, grace, path.child('postStart'))),
    ...(preStop === undefined ? [] : validateHandler(preStop, grace, path.child('preStop'))),
  ];
}
