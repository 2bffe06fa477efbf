import { bytesOf } from '../bytes.ts';
import type { Parsed } from './parsed.ts';

/** Whole seconds, or microseconds, which then must be written. */
export type TimePrecision = 'seconds' | 'microseconds';

const layouts: Readonly<Record<TimePrecision, string>> = {
  seconds: '2006-01-02T15:04:05Z07:00',
  microseconds: '2006-01-02T15:04:05.000000Z07:00',
};

/** A step through the text: a part of the layout, what it looks like, and from where on its number is out of range. */
interface Step {
  readonly layout: string;
  readonly shape: RegExp;
  readonly limit?: { readonly name: string; readonly low: number; readonly high: number };
}

const literal = (character: string): Step => ({
  layout: character,
  shape: new RegExp(`^${character}`),
});
const number = (layout: string, name: string, low: number, high: number): Step => ({
  layout,
  shape: layout === '15' ? /^\d\d?/ : /^\d\d/,
  limit: { name, low, high },
});
const steps: Readonly<Record<TimePrecision, readonly Step[]>> = {
  seconds: stepsWith({ layout: '', shape: /^([.,]\d+)?/ }),
  microseconds: stepsWith({ layout: '.000000', shape: /^[.,]\d{6}/ }),
};

function stepsWith(fraction: Step): readonly Step[] {
  return [
    { layout: '2006', shape: /^\d{4}/ },
    literal('-'),
    number('01', 'month', 1, 12),
    literal('-'),
    { layout: '02', shape: /^\d\d/ },
    literal('T'),
    number('15', 'hour', 0, 23),
    literal(':'),
    number('04', 'minute', 0, 59),
    literal(':'),
    number('05', 'second', 0, 59),
    fraction,
    { layout: 'Z07:00', shape: /^(Z|[+-]\d\d:\d\d)/ },
  ];
}

/** An object's times are often the same few; so many of them are remembered. */
const known: Readonly<Record<TimePrecision, Map<string, Parsed<string | null>>>> = {
  seconds: new Map(),
  microseconds: new Map(),
};
const knownLimit = 500;
/** Longer texts are none that somebody sends again. */
const longestKnown = 40;

/** As `readTime`, remembered. */
export function parseTime(text: string, precision: TimePrecision): Parsed<string | null> {
  const times = known[precision];
  const found = times.get(text);
  if (found !== undefined) return found;
  const time = readTime(text, precision);
  if (times.size >= knownLimit) times.clear();
  if (text.length <= longestKnown) times.set(text, time);
  return time;
}

/** Reads a time and gives it back in UTC and in the form that Go writes; null for the time that Go calls zero. Behaviour: time.Parse. */
function readTime(text: string, precision: TimePrecision): Parsed<string | null> {
  const parts: string[] = [];
  let rest = text;
  const fail = (why: string): { problem: string } => ({
    problem: `parsing time ${timeQuote(text)}${why}`,
  });
  for (const { layout, shape, limit } of steps[precision]) {
    const part = shape.exec(rest)?.[0];
    if (part === undefined)
      return fail(
        ` as ${timeQuote(layouts[precision])}: cannot parse ${timeQuote(rest)} as ${timeQuote(layout)}`,
      );
    if (limit !== undefined && (Number(part) < limit.low || Number(part) > limit.high))
      return fail(`: ${limit.name} out of range`);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  const zone = zoneOf(parts[12] ?? 'Z');
  if ('problem' in zone) return fail(zone.problem);
  if (rest !== '') return fail(`: extra text: ${timeQuote(rest)}`);
  return momentOf(parts, zone.value, precision) ?? fail(': day out of range');
}

/** An offset in milliseconds. A whole day and a whole hour count as in range: some people write them. */
function zoneOf(text: string): Parsed<number> {
  if (text === 'Z') return { value: 0 };
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(4, 6))];
  if (minutes > 60) return { problem: ': time zone offset minute out of range' };
  if (hours > 24) return { problem: ': time zone offset hour out of range' };
  return { value: (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000 };
}

function momentOf(
  parts: readonly string[],
  offset: number,
  precision: TimePrecision,
): Parsed<string | null> | undefined {
  const [year = 0, , month = 0, , day = 0, , hour = 0, , minute = 0, , second = 0] =
    parts.map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCDate() !== day) return undefined;
  date.setTime(date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 - offset);
  const seconds = date.toISOString().slice(0, -5);
  const digits = (parts[11] ?? '').slice(1);
  if (seconds === '0001-01-01T00:00:00' && Number(digits) === 0) return { value: null };
  return { value: precision === 'seconds' ? `${seconds}Z` : `${seconds}.${digits}Z` };
}

/** Quotes as Go's package time does: what is not ASCII byte by byte. */
function timeQuote(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  const quoted = text.replace(/["\\]|[^\u0020-\u007f]+/g, (found) =>
    found === '"' || found === '\\'
      ? `\\${found}`
      : Array.from(bytesOf(found), (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  return `"${quoted}"`;
}
