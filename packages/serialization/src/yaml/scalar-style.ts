import { resolveText } from './resolve-scalar.ts';

/** How a string is written: as it is, in quotes, or as a block of lines. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal';

/** Characters that YAML has only as escapes: those beyond sixteen bits are among them, as yaml.v2 counts. */
export const special =
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u0084\u0086-\u009f\ufeff\ufffe\uffff\ud800-\udfff]/;
/** What ends a line. */
const lineBreak = /[\n\r\u0085\u2028\u2029]/;
const spaceBeforeBreak = / [\n\r\u0085\u2028\u2029]/;
const spaceAfterBreak = /[\n\r\u0085\u2028\u2029] /;

export const hasBreak = (text: string): boolean => lineBreak.test(text);

/** What most strings are: no look at anything else is needed. */
const simple = /^[A-Za-z][A-Za-z0-9-]*$/;

/** Behaviour: yaml.v2's stringv and libyaml's emitter, as yaml.v2 has it. */
export function styleOf(text: string): ScalarStyle {
  const isString = typeof resolveText(text) === 'string';
  if (isString && simple.test(text)) return 'plain';
  const escapes = special.test(text) || spaceBeforeBreak.test(text);
  if (text.includes('\n')) return escapes || text.endsWith(' ') ? 'double' : 'literal';
  if (!isString || escapes || isOfOldTypes(text)) return 'double';
  if (canStandPlain(text)) return 'plain';
  return spaceAfterBreak.test(text) ? 'double' : 'single';
}

/** Numbers of base 60, and times: other readers may take them for what they look like. */
const isOfOldTypes = (text: string): boolean =>
  /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/.test(text) ||
  /^\d{4}-\d{1,2}-\d{1,2}([Tt ]|$)/.test(text);

function canStandPlain(text: string): boolean {
  if (hasBreak(text) || /^[ ,[\]{}#&*!|>'"%@`]| $|: | #|:$/.test(text)) return false;
  return !/^[-?:](?: |$)/.test(text) && !/^(---|\.\.\.)/.test(text);
}
