import { type Bytes, DecodeError, latin1, Reader, type StreamEnd } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'
import { rzipChunk } from '../rzip-chunk.ts'

const MAGIC = 'RZIP'
const HEADER = 24
const [MAJOR, NEWEST_MINOR] = [2, 1] as const
/** Bytes of a number. */
const WIDTH = 4
/** How the series of a chunk begin: of no compression, without content. */
const SERIES = '\x03\0\0\0\0\0\0\0\0'

export const rzip: StreamFormat = {
  kind: 'stream',
  name: 'rzip',
  title: 'rzip 2',
  references: ['rzip 2.1, main.c, stream.c and runzip.c'],
  limits: ['chunks of over 512 MiB are not read to their end, nor blocks of over 128 MiB'],
  magic: [{ bytes: `${MAGIC}\x02`, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const size = sizeOf(bytes, at)
    if (size === undefined || size === 0) return size === 0
    return latin1(bytes.view(at + HEADER, Math.min(SERIES.length, bytes.size - at - HEADER))) === SERIES
  },

  decode(bytes, at, write): StreamEnd {
    const size = sizeOf(bytes, at) ?? 0
    let [end, total] = [at + HEADER, 0]
    try {
      while (total < size) {
        const before = total
        end = rzipChunk(bytes, { base: end, width: WIDTH, lzma: undefined }, size - total, (part) => {
          total += part.length
          write(part)
        })
        if (total === before) throw new DecodeError('corrupt', 'nothing comes out of a chunk')
      }
      return { end, checksum: 'matches' }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      const { code, message } = error
      const checksum = code === 'checksum' ? 'differs' : 'none'
      return { end: bytes.size, checksum, problem: { code, message: `rzip: ${message}` } }
    }
  },
}

/** Bytes of the content, which the header tells: its lower half first, each in big endian. */
function sizeOf(bytes: Bytes, at: number): number | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC || reader.u8() !== MAJOR || reader.u8() > NEWEST_MINOR)
    return undefined
  const [low, high] = [reader.u32(), reader.u32()]
  return reader.take(HEADER - reader.at).every((byte) => byte === 0) ? high * 2 ** 32 + low : undefined
}
