import { inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { DecodeError } from './stream-end.ts'

type Inflate = (
  input: Uint8Array,
  options: { maxOutputLength: number; chunkSize: number; dictionary?: Uint8Array },
) => Buffer

/** zlib's smallest chunk, in bytes. */
const SMALLEST = 64

/** A zlib stream (RFC 1950) as one block. @returns bytes written @throws DecodeError */
export function zlibBlock(input: Uint8Array, output: Uint8Array): number {
  return run('zlib', inflateSync, input, output)
}

/**
 * A raw DEFLATE stream (RFC 1951) as one block. Matches may reach into `history`, up to 32 KiB before the output.
 * @returns bytes written
 * @throws DecodeError
 */
export function inflateRaw(input: Uint8Array, output: Uint8Array, history?: Uint8Array): number {
  return run('deflate', inflateRawSync, input, output, history)
}

/** A Zstandard frame (RFC 8878) as one block. @returns bytes written @throws DecodeError */
export function zstdBlock(input: Uint8Array, output: Uint8Array): number {
  return run('zstd', zstdDecompressSync, input, output)
}

function run(
  name: string,
  inflate: Inflate,
  input: Uint8Array,
  output: Uint8Array,
  history?: Uint8Array,
): number {
  try {
    const result = inflate(input, {
      maxOutputLength: Math.max(1, output.length),
      chunkSize: Math.max(SMALLEST, output.length),
      ...(history ? { dictionary: history } : {}),
    })
    if (result.length > output.length)
      throw new DecodeError('output-full', `${name}: more comes out than there is room for`)
    output.set(result)
    return result.length
  } catch (cause) {
    if (cause instanceof DecodeError) throw cause
    throw explain(name, (cause as NodeJS.ErrnoException).code, cause)
  }
}

function explain(name: string, code: string | undefined, cause: unknown): DecodeError {
  switch (code) {
    case 'ERR_BUFFER_TOO_LARGE':
      return new DecodeError('output-full', `${name}: more comes out than there is room for`, cause)
    case 'Z_BUF_ERROR':
    case 'ZSTD_error_srcSize_wrong':
      return new DecodeError('truncated', `${name}: the data ends early`, cause)
    default:
      return new DecodeError('corrupt', `${name}: the data is damaged`, cause)
  }
}
