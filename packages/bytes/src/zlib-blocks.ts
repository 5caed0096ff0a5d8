import { constants, createInflate, createInflateRaw, createZstdDecompress, inflateRawSync } from 'node:zlib'
import type { NativeCodec } from './native-codec.ts'
import { DecodeError } from './stream-end.ts'

/** A zlib stream (RFC 1950) as one block. @returns bytes written @throws DecodeError */
export function zlibBlock(input: Uint8Array, output: Uint8Array): number {
  zlib ??= createBlockDecoder('zlib', createInflate, constants.Z_FINISH)
  return zlib(input, output)
}

/**
 * A raw DEFLATE stream (RFC 1951) as one block. Matches may reach into `history`, up to 32 KiB before the output.
 * @returns bytes written
 * @throws DecodeError
 */
export function inflateRaw(input: Uint8Array, output: Uint8Array, history?: Uint8Array): number {
  if (history) return inflateBehind(history, input, output)
  raw ??= createBlockDecoder('deflate', createInflateRaw, constants.Z_FINISH)
  return raw(input, output)
}

/** A Zstandard frame (RFC 8878) as one block. @returns bytes written @throws DecodeError */
export function zstdBlock(input: Uint8Array, output: Uint8Array): number {
  zstd ??= createBlockDecoder('zstd', createZstdDecompress, constants.ZSTD_e_end)
  return zstd(input, output)
}

/**
 * As `zstdBlock`, for frames that were compressed behind a dictionary, of Zstandard's own form or any bytes. One state for all of them.
 * @throws DecodeError for a dictionary that is damaged
 */
export function zstdBehind(dictionary: Uint8Array): BlockDecoder {
  try {
    return createBlockDecoder(
      'zstd',
      (options) => createZstdDecompress({ ...options, dictionary }),
      constants.ZSTD_e_end,
    )
  } catch (cause) {
    throw new DecodeError('corrupt', 'zstd: a dictionary is damaged', cause)
  }
}

export type BlockDecoder = (input: Uint8Array, output: Uint8Array) => number

let zlib: BlockDecoder | undefined
let raw: BlockDecoder | undefined
let zstd: BlockDecoder | undefined

/** Node would take a chunk of its default size for a stream that is never used as one. */
const LEAST_CHUNK = 64

/** One native state for all blocks of a thread: to make one, and room for what comes out, takes as long as most blocks do. */
function createBlockDecoder(
  name: string,
  create: (options: { chunkSize: number }) => unknown,
  flush: number,
): BlockDecoder {
  const { _handle: handle, _writeState: left } = create({ chunkSize: LEAST_CHUNK }) as NativeCodec
  const beyond = new Uint8Array(1)
  let failed: string | undefined
  handle.onerror = (_message, _number, code) => {
    failed = code
  }

  /** @returns bytes of the output that are left */
  function write(input: Uint8Array, from: number, output: Uint8Array): number {
    handle.writeSync(flush, input, from, input.length - from, output, 0, output.length)
    if (failed !== undefined) throw explain(name, failed)
    return left[0] as number
  }

  return (input, output) => {
    failed = undefined
    handle.reset()
    const room = output.length === 0 ? 0 : write(input, 0, output)
    if (room > 0) return output.length - room
    // Full: only one byte more tells whether that was all.
    const read = output.length === 0 ? 0 : input.length - (left[1] as number)
    if (write(input, read, beyond) === 0) throw full(name)
    return output.length
  }
}

/** What came before is a dictionary, which a native state takes only when it is made. */
function inflateBehind(history: Uint8Array, input: Uint8Array, output: Uint8Array): number {
  const options = {
    maxOutputLength: Math.max(1, output.length),
    chunkSize: Math.max(LEAST_CHUNK, output.length),
    dictionary: history,
  }
  let result: Buffer
  try {
    result = inflateRawSync(input, options)
  } catch (cause) {
    throw explain('deflate', (cause as NodeJS.ErrnoException).code, cause)
  }
  if (result.length > output.length) throw full('deflate')
  output.set(result)
  return result.length
}

function full(name: string, cause?: unknown): DecodeError {
  return new DecodeError('output-full', `${name}: more comes out than there is room for`, cause)
}

function explain(name: string, code: string | undefined, cause?: unknown): DecodeError {
  switch (code) {
    case 'ERR_BUFFER_TOO_LARGE':
      return full(name, cause)
    case 'Z_BUF_ERROR':
    case 'ZSTD_error_srcSize_wrong':
      return new DecodeError('truncated', `${name}: the data ends early`, cause)
    default:
      return new DecodeError('corrupt', `${name}: the data is damaged`, cause)
  }
}
