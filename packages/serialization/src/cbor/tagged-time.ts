import { parseTime } from '../scalars/time.ts';
import type { CborCursor } from './cbor-cursor.ts';
import { Failure, Unfit } from './cbor-error.ts';
import { majors } from './cbor-writer.ts';
import { textOfString } from './strings.ts';

const largest = 0x7fff_ffff_ffff_ffffn;

/** A time whose tag was read, where any value may stand: the text that Go makes of it. What is in the tag is of the right kind. */
export function taggedTime(cursor: CborCursor): string | Failure {
  cursor.readHead();
  const { major, argument } = cursor;
  if (major === majors.text) {
    const text = textOfString(cursor);
    return typeof text === 'string' ? writtenTime(text) : text;
  }
  if (major === majors.simple) return fractionalTime(cursor.fraction());
  if (argument > largest) {
    const exact = major === majors.unsigned ? BigInt(argument) : -1n - BigInt(argument);
    return overflow(major === majors.unsigned ? 'positive integer' : 'negative integer', exact);
  }
  return secondsTime(major === majors.unsigned ? Number(argument) : -1 - Number(argument), 0);
}

const overflow = (word: string, value: bigint | number): Failure =>
  new Unfit(word, 'time.Time', `${value} overflows Go's int64`);

function fractionalTime(value: number): string | Failure {
  const seconds = Math.trunc(value);
  if (seconds > 2 ** 63 || seconds < -(2 ** 63)) return overflow('primitives', value);
  return secondsTime(seconds, Math.trunc((value - seconds) * 1e9));
}

/** The years that can be written, in seconds. */
const [first, behind] = [-62_167_219_200, 253_402_300_800];

function secondsTime(seconds: number, nanoseconds: number): string | Failure {
  const whole = nanoseconds < 0 ? seconds - 1 : seconds;
  if (whole < first || whole >= behind) return notWritable('year outside of range [0,9999]');
  const nanos = nanoseconds < 0 ? nanoseconds + 1e9 : nanoseconds;
  const fraction = nanos === 0 ? '' : `.${String(nanos).padStart(9, '0')}`;
  return `${new Date(whole * 1000).toISOString().slice(0, 19)}${withoutZeros(fraction)}Z`;
}

const notWritable = (why: string): Failure =>
  new Failure(
    `cbor: decoded time cannot be represented in RFC3339 format with sub-second precision: Time.MarshalText: ${why}`,
  );

const withoutZeros = (fraction: string): string => fraction.replace(/\.?0*$/, '');

const shape = /^(.{11})(\d\d?)(:\d\d:\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** A time that was written keeps its zone. */
function writtenTime(text: string): string | Failure {
  const parsed = parseTime(text, 'seconds');
  if ('problem' in parsed)
    return new Failure(`cbor: cannot set ${text} for time.Time: ${parsed.problem}`);
  const [
    ,
    date = '',
    hour = '',
    rest = '',
    digits = '',
    sign = '',
    zoneHour = '',
    zoneMinute = '',
  ] = shape.exec(text) ?? [];
  const fraction = digits === '' ? '' : withoutZeros(`.${digits.slice(0, 9)}`);
  const time = `${date}${hour.padStart(2, '0')}${rest}${fraction}`;
  const minutes = Number(zoneHour) * 60 + Number(zoneMinute);
  if (minutes === 0) return `${time}Z`;
  if (minutes >= 24 * 60) return notWritable('timezone hour outside of range [0,23]');
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${time}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
