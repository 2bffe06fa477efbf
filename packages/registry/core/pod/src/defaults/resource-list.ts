import { formatQuantity, parseQuantity, type Quantity } from '@keelson/api-machinery';

const milli = 1_000_000n;
// Whole numbers of thousandths, or of more, as most quantities are written.
const coarse = /^\d+(m|[kMGTPE]|[KMGTPE]i)?$/;

/** Rounds what is finer than thousandths up, in place. Behaviour: core/v1 SetDefaults_ResourceList. */
export function defaultResourceList(list: Record<string, Quantity> | undefined): void {
  if (!list) return;
  for (const [name, text] of Object.entries(list)) {
    if (coarse.test(text)) continue;
    const parsed = parseQuantity(text);
    if (parsed === undefined || parsed.nanos % milli === 0n) continue;
    const down = (parsed.nanos / milli) * milli;
    list[name] = formatQuantity({
      ...parsed,
      nanos: parsed.nanos > 0n ? down + milli : down - milli,
    });
  }
}

/** The same for limits and requests. */
export function defaultResources(
  resources: { limits?: Record<string, Quantity>; requests?: Record<string, Quantity> } | undefined,
): void {
  defaultResourceList(resources?.limits);
  defaultResourceList(resources?.requests);
}
