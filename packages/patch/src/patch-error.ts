/** Why a patch cannot be applied: 400 for one that is malformed, 422 for one that does not fit the object, 500 for one that upstream fails on. */
export class PatchError extends Error {
  readonly code: 400 | 413 | 422 | 500;

  constructor(code: 400 | 413 | 422 | 500, message: string) {
    super(message);
    this.name = 'PatchError';
    this.code = code;
  }
}
