import { adler32, type Bytes, DecodeError, inflateStream, type StreamEnd } from '@messlatte/bytes'

/** Bytes. */
export const HEADER = 2
const TRAILER = 4

/** RFC 1950: deflate with a window of 256 bytes to 32 KiB and no dictionary, in the four levels that headers tell. */
export function isZlibHeader(first: number | undefined, second: number | undefined): boolean {
  if (first === undefined || second === undefined) return false
  return (first & 0x8f) === 0x08 && (second & 0x20) === 0 && ((first << 8) | second) % 31 === 0
}

/** A zlib stream. What comes before damage is delivered. */
export function zlibStream(bytes: Bytes, at: number, write: (chunk: Uint8Array) => void): StreamEnd {
  let sum = 1
  let end = bytes.size
  try {
    const dataEnd = inflateStream(bytes, at + HEADER, (chunk) => {
      sum = adler32(chunk, sum)
      write(chunk)
    })
    if (dataEnd + TRAILER > bytes.size) throw new DecodeError('truncated', 'zlib: the Adler-32 is cut off')
    end = dataEnd + TRAILER
    const trailer = bytes.view(dataEnd, TRAILER)
    if (new DataView(trailer.buffer, trailer.byteOffset, TRAILER).getUint32(0) !== sum)
      throw new DecodeError('checksum', 'zlib: the Adler-32 differs')
    return { end, checksum: 'matches' }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    return { end, checksum: code === 'checksum' ? 'differs' : 'none', problem: { code, message } }
  }
}
