const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * A duration in at most two units, as tables show ages: `45s`, `5m10s`, `3d4h`. Takes milliseconds.
 * Behaviour: k8s.io/apimachinery util/duration HumanDuration.
 */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / second);
  // Clocks differ by a second or two.
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(milliseconds / minute);
  if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  return longDuration(Math.trunc(milliseconds / hour), minutes);
}

function longDuration(hours: number, minutes: number): string {
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (hours < 24 * 8) return pair(days, 'd', hours % 24, 'h');
  if (hours < 24 * 365 * 2) return `${days}d`;
  const years = Math.trunc(days / 365);
  return hours < 24 * 365 * 8 ? pair(years, 'y', days % 365, 'd') : `${years}y`;
}

const pair = (large: number, unit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large}${unit}` : `${large}${unit}${small}${smallUnit}`;

/** How long ago a time was, as tables show it; `<unknown>` when there is none. */
export function ageOf(time: string | undefined | null, now: number): string {
  if (time === undefined || time === null) return '<unknown>';
  return humanDuration(now - Date.parse(time));
}
