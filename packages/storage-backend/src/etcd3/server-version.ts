/**
 * Whether an etcd of this version answers requests for progress only behind the events that it is about. Earlier ones let the
 * answer overtake them. Behaviour: k8s.io/apiserver storage/feature, RequestWatchProgress: 3.4.31 and 3.5.13.
 */
export function answersProgress(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/, 3).map(Number);
  if (major !== 3) return major > 3;
  if (minor === 4) return patch >= 31;
  if (minor === 5) return patch >= 13;
  return minor > 5;
}
