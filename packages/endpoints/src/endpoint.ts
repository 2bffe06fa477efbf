import type { AdmissionAttributes, AdmissionChain } from '@keelson/admission';
import type { KubernetesObject } from '@keelson/api-machinery';
import type { Authorizer } from '@keelson/authorization';
import type { RequestContext } from '@keelson/rest-interfaces';
import type { ApiRequest } from './http.ts';
import type { Scope } from './scope.ts';
import type { WarningRecorder } from './warnings.ts';

/** What the verbs of a server have in common. */
export interface EndpointSettings {
  readonly admission: AdmissionChain;
  /** Asked again where an update turns into a create. */
  readonly authorize: Authorizer;
  /** The least that a watch lasts when its client does not say, in seconds; the most is twice that. */
  readonly minRequestTimeoutSeconds: number;
  /** 0 to 1, for the lengths of watches. */
  readonly random: () => number;
}

/** One request to one path, as verbs see it. */
export interface Exchange {
  readonly request: ApiRequest;
  readonly scope: Scope;
  readonly settings: EndpointSettings;
  readonly warnings: WarningRecorder;
  readonly context: RequestContext;
}

/** What admission is asked about this exchange. */
export function admissionAttributes(
  { request, scope, settings: _, context, warnings }: Exchange,
  write: Pick<AdmissionAttributes, 'operation' | 'object' | 'old' | 'dryRun' | 'name'>,
): AdmissionAttributes {
  // Namespaces are created in themselves.
  const isNamespace = scope.resource === 'namespaces' && scope.group === '';
  return {
    ...write,
    kind: scope.kind,
    resource: { group: scope.group, version: scope.version, resource: scope.resource },
    subresource: scope.subresource,
    namespace: isNamespace ? write.name : context.namespace,
    user: request.user,
    warn: (text) => warnings.add(text),
  };
}

/** The name that a write's owner is noted under. Behaviour: handlers managerOrUserAgent. */
export function managerOf(fieldManager: string, userAgent: string | undefined): string {
  if (fieldManager !== '') return fieldManager;
  const sent = (userAgent ?? '').split('/', 1)[0] ?? '';
  if (sent !== '' && sent.length <= 128 && printableAscii.test(sent)) return sent;
  // Node reads headers as Latin-1; Go takes them for UTF-8.
  const name = firstBytes(Buffer.from(sent, 'latin1').toString().replace(unprintable, ''), 128);
  return name === '' ? 'unknown' : name;
}

const printableAscii = /^[ -~]*$/;
const unprintable = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/** As many whole characters as fit. */
function firstBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  let end = Math.min(limit, bytes.length);
  while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}

/** Names owners once that a client named twice, and warns. Behaviour: handlers dedupOwnerReferencesAndAddWarning. */
export function dedupeOwnerReferences(
  object: KubernetesObject,
  warnings: WarningRecorder,
  afterAdmission: boolean,
): void {
  const references = object.metadata?.ownerReferences;
  if (references === undefined || references.length < 2) return;
  const seen = new Set<string>();
  const unique = references.filter((reference) => {
    const key = JSON.stringify(reference);
    return seen.has(key) ? false : seen.add(key);
  });
  if (unique.length === references.length) return;
  object.metadata.ownerReferences = unique;
  const duplicates = repeated(references.map(({ uid }) => uid));
  warnings.add(
    afterAdmission
      ? `.metadata.ownerReferences contains duplicate entries after mutating admission happens; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${duplicates.join(', ')}`
      : `.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${duplicates.join(', ')}`,
  );
}

/** What is there more than once, in the order of its first appearance. */
function repeated(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).map(([text]) => text);
}
