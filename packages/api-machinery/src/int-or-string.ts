import type { IntOrString } from './scalars.ts';

/**
 * A number, or a percentage of `total`, rounded up or down; undefined for a text that is no percentage.
 * Behaviour: k8s.io/apimachinery util/intstr GetScaledValueFromIntOrPercent.
 */
export function scaledValue(
  value: IntOrString,
  total: number,
  roundUp: boolean,
): number | undefined {
  if (typeof value === 'number') return value;
  const match = /^(-?\d+)%$/.exec(value);
  if (match === null) return undefined;
  const exact = (Number(match[1]) * total) / 100;
  return roundUp ? Math.ceil(exact) : Math.floor(exact);
}
