export type ConformityErrorCode = 'bad-date' | 'edition-mismatch' | 'too-deep'

/** Inputs that nobody can assess: the caller's mistake, never a property of the product. */
export class ConformityError extends Error {
  readonly code: ConformityErrorCode

  constructor(code: ConformityErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'ConformityError'
    this.code = code
  }
}
