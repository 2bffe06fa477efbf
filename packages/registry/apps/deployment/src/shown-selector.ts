import type { LabelSelector } from '@keelson/api-machinery';

/** A selector as errors show it: Go leaves out what is empty. */
export function shownSelector(selector: LabelSelector | null): unknown {
  if (selector === null) return null;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => ({
    key,
    operator,
    ...(values.length === 0 ? {} : { values }),
  }));
  return {
    ...(Object.keys(matchLabels).length === 0 ? {} : { matchLabels }),
    ...(expressions.length === 0 ? {} : { matchExpressions: expressions }),
  };
}
