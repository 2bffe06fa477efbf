import {
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from './field-error.ts';
import { fieldPath, type FieldPath } from './field-path.ts';
import type { DeleteOptions } from './gen/meta-v1.ts';

// Behaviour: k8s.io/apimachinery apis/meta/v1/validation, v1.37.

const fieldManagerLimit = 128;
const fieldManagerPath = fieldPath('fieldManager');

export interface WriteOptions {
  readonly dryRun?: readonly string[];
  readonly fieldManager?: string;
  readonly fieldValidation?: string;
}

/** The query's options of a create or an update. */
export function validateWriteOptions(options: WriteOptions): FieldError[] {
  return [
    ...validateFieldManager(options.fieldManager ?? '', fieldManagerPath),
    ...validateDryRun(options.dryRun ?? []),
    ...validateFieldValidation(options.fieldValidation ?? ''),
  ];
}

/** The query's options of a patch. */
export function validatePatchOptions(
  options: WriteOptions & { readonly force?: boolean },
  apply: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  if (apply && !options.fieldManager)
    errors.push(required('fieldManager', 'is required for apply patch'));
  if (!apply && options.force !== undefined)
    errors.push(forbidden('force', 'may not be specified for non-apply patch'));
  return [...errors, ...validateWriteOptions(options)];
}

/** Body and query of a delete. */
export function validateDeleteOptions(
  options: Omit<DeleteOptions, 'dryRun'> & { readonly dryRun?: unknown },
): FieldError[] {
  const errors: FieldError[] = [];
  const { orphanDependents, propagationPolicy } = options;
  if (orphanDependents !== undefined && propagationPolicy !== undefined) {
    errors.push(
      invalid(
        'propagationPolicy',
        propagationPolicy,
        'orphanDependents and deletionPropagation cannot be both set',
      ),
    );
  }
  if (
    propagationPolicy !== undefined &&
    !['Foreground', 'Background', 'Orphan'].includes(propagationPolicy)
  ) {
    errors.push(
      notSupported('propagationPolicy', propagationPolicy, [
        'Foreground',
        'Background',
        'Orphan',
        'nil',
      ]),
    );
  }
  if (Array.isArray(options.dryRun)) errors.push(...validateDryRun(options.dryRun));
  return [...errors, ...validateIgnoreStoreReadError(options)];
}

function validateIgnoreStoreReadError(options: Omit<DeleteOptions, 'dryRun'>): FieldError[] {
  if (options.ignoreStoreReadErrorWithClusterBreakingPotential !== true) return [];
  const others = [
    'propagationPolicy',
    'orphanDependents',
    'gracePeriodSeconds',
    'preconditions',
  ] as const;
  return others
    .filter((name) => options[name] !== undefined)
    .map((name) =>
      invalid(
        'ignoreStoreReadErrorWithClusterBreakingPotential',
        true,
        `cannot be set together with .${name}`,
      ),
    );
}

/** A field manager's name: at most 128 bytes, printable. */
export function validateFieldManager(manager: string, path: FieldPath): FieldError[] {
  if (manager.length <= fieldManagerLimit && printableAscii.test(manager)) return [];
  const unprintable = unprintableIn(manager, path);
  if (Buffer.byteLength(manager) <= fieldManagerLimit) return [...unprintable];
  // Each of them repeats the whole name, and there is no end to how long it is.
  const { value } = unprintable.next();
  return [tooLong(path, fieldManagerLimit), ...(value === undefined ? [] : [value])];
}

function* unprintableIn(manager: string, path: FieldPath): Generator<FieldError, undefined> {
  let at = 0;
  for (const character of manager) {
    if (!isPrintable(character))
      yield invalid(
        path,
        manager,
        `invalid character ${unicodeText(character)} (at position ${at})`,
      );
    at += Buffer.byteLength(character);
  }
}

const printableAscii = /^[ -~]*$/;

/** Letters, marks, numbers, punctuation, symbols, and the ASCII space: what Go calls printable. */
const isPrintable = (character: string): boolean =>
  character === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character);
const unicodeText = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

function validateDryRun(dryRun: readonly string[]): FieldError[] {
  return dryRun.every((value) => value === 'All') ? [] : [notSupported('dryRun', dryRun, ['All'])];
}

function validateFieldValidation(value: string): FieldError[] {
  const allowed = ['', 'Ignore', 'Strict', 'Warn'];
  return allowed.includes(value) ? [] : [notSupported('fieldValidation', value, allowed)];
}
