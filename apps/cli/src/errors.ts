export type CliErrorCode =
  | 'not-found'
  | 'not-readable'
  | 'not-a-file'
  | 'empty'
  | 'bad-option'
  | 'bad-file'
  | 'not-writable'
  | 'failed'

/** What ends the program with exit code 2; the message names the file or option and the way out. */
export class CliError extends Error {
  readonly code: CliErrorCode
  constructor(code: CliErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'CliError'
    this.code = code
  }
}
