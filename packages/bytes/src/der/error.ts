/**
 * `truncated` ends too early · `trailing` more bytes than the element · `length` not the shortest form, or indefinite ·
 * `tag` another element than expected, or a tag of several bytes · `value` a value that its type does not have ·
 * `too-much` deeper or more than anything real
 */
export type DerErrorCode = 'truncated' | 'trailing' | 'length' | 'tag' | 'value' | 'too-much'

export class DerError extends Error {
  readonly code: DerErrorCode
  constructor(code: DerErrorCode, message: string) {
    super(message)
    this.name = 'DerError'
    this.code = code
  }
}
