/** One fault of a value, and where it is. */
export interface Fault {
  /** `.spec.ports[port=80]`; `''` for the value itself. */
  readonly path: string;
  readonly message: string;
}

/** A value that is not of its type. */
export class TypedValueError extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const texts = faults.map(({ path, message }) =>
      path === '' ? message : `${path}: ${message}`,
    );
    super(
      texts.length === 1 ? texts[0] : ['errors:', ...texts.map((text) => `  ${text}`)].join('\n'),
    );
    this.name = 'TypedValueError';
    this.faults = faults;
  }
}
