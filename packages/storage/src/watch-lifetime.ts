import type { Clock } from '@keelson/api-machinery';
import type { Timer } from './timers.ts';
import type { Timetable } from './timetable.ts';

// Behaviour: k8s.io/apiserver cacher defaultBookmarkFrequency and cacheWatcher.nextBookmarkTime.
const bookmarkPeriod = 60_000;
const beforeDeadline = 2000;
/** Bookmarks come on whole seconds, so that many watches share one look at the backend. */
const granularity = 1000;

/** What happens to a watch as time goes by. */
export interface LifetimeParts {
  readonly clock: Clock;
  readonly timetable: Timetable;
  readonly deadline: number | undefined;
  /** Called when a bookmark is due; absent when none are wanted. */
  readonly bookmark: (() => void) | undefined;
  readonly end: () => void;
}

/** Makes a watch's appointments: bookmarks about every minute and two seconds before the deadline, and the deadline. */
export function startLifetime(parts: LifetimeParts): Timer {
  const { clock, timetable, deadline, bookmark } = parts;
  const appointments = new Set<Timer>();
  const scheduleBookmark = (run: () => void): void => {
    const due = nextBookmark(clock.now(), deadline);
    if (due === undefined) return;
    const appointment = timetable.at(due, () => {
      appointments.delete(appointment);
      run();
      scheduleBookmark(run);
    });
    appointments.add(appointment);
  };
  if (deadline !== undefined) appointments.add(timetable.at(deadline, parts.end));
  if (bookmark !== undefined) scheduleBookmark(bookmark);
  return {
    stop: () => {
      for (const appointment of appointments) appointment.stop();
      appointments.clear();
    },
  };
}

function nextBookmark(now: number, deadline: number | undefined): number | undefined {
  const regular = Math.ceil((now + bookmarkPeriod) / granularity) * granularity;
  if (deadline === undefined || deadline - beforeDeadline > regular) return regular;
  const last = Math.ceil((deadline - beforeDeadline) / granularity) * granularity;
  return last > now && last < deadline ? last : undefined;
}
