export type DecodeErrorCode = 'truncated' | 'corrupt' | 'output-full' | 'unsupported' | 'checksum'

/** What a decoder of one block throws. */
export class DecodeError extends Error {
  readonly code: DecodeErrorCode
  constructor(code: DecodeErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'DecodeError'
    this.code = code
  }
}

/** How a whole-stream decoder ended. What came before a problem has been delivered. */
export interface StreamEnd {
  /** Offset in the source behind the last byte of the stream. */
  readonly end: number
  readonly checksum: 'matches' | 'differs' | 'none'
  readonly problem?: { readonly code: DecodeErrorCode; readonly message: string }
}
