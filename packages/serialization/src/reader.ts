/** What one reading of a value found. */
export interface ReadState {
  /** How many keys the objects have that were walked: less than the text has when some are there twice. */
  keys: number;
  /** Whether a field was not known. */
  unknown: boolean;
}

export const newState = (): ReadState => ({ keys: 0, unknown: false });

/**
 * Turns a parsed JSON value into a value of a type: in Go's field order, with what Go always writes. `undefined` for what is left out.
 * Throws `irregular` for what is not of the type: the careful decoder says what is wrong, this one is for speed.
 */
export type Reader = (value: unknown, state: ReadState) => unknown;

/** Thrown when a value is not plainly of its type. */
export const irregular = new Error('not plainly of its type');
