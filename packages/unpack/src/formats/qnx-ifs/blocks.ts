import {
  type Bytes,
  BytesError,
  DecodeError,
  lzo1x,
  nrvDecompress,
  Reader,
  type StreamEnd,
} from '@messlatte/bytes'

/** Bytes of which a block holds at most so many: dumpifs and mkifs have room for no more. */
const MAX_BLOCK = 64 * 1024
const LENGTH = 2

/**
 * Blocks of LZO1X or NRV2B (bits in bytes), each behind its length of 16 bits (big endian, whatever the image has); a length of
 * zero ends them. Source: dumpifs.c.
 */
export function decodeBlocks(
  bytes: Bytes,
  at: number,
  codec: 'lzo' | 'ucl',
  write: (chunk: Uint8Array) => void,
): StreamEnd {
  const out = new Uint8Array(MAX_BLOCK)
  for (let place = at; ; ) {
    try {
      const length = new Reader(bytes.view(place, LENGTH), 'big').u16()
      if (length === 0) return { end: place + LENGTH, checksum: 'none' }
      const input = bytes.view(place + LENGTH, length)
      const written = codec === 'lzo' ? lzo1x(input, out) : nrvDecompress(input, out, 'nrv2b', 8)
      write(out.subarray(0, written))
      place += LENGTH + length
    } catch (error) {
      if (error instanceof BytesError)
        return {
          end: bytes.size,
          checksum: 'none',
          problem: { code: 'truncated', message: 'the blocks break off' },
        }
      if (error instanceof DecodeError)
        return { end: place, checksum: 'none', problem: { code: 'corrupt', message: error.message } }
      throw error
    }
  }
}
