/** Marks the errors of this package, those of a second copy of it in the same process too. */
const BRAND = Symbol.for('media-sessions.error');

/** An error that programs tell from others by its `code`: never by `instanceof`, which another copy's class fails. */
export abstract class CodedError extends Error {
  abstract readonly code: string;
  readonly [BRAND] = true;
}

/** The code of an error of this package; undefined for any other value. */
export function codeOf(error: unknown): string | undefined {
  const { [BRAND]: isOurs, code } = (error ?? {}) as Partial<CodedError>; // of whatever was thrown
  return isOurs === true ? code : undefined;
}
