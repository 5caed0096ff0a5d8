import { crc32 } from 'node:zlib'
import { type Bytes, DecodeError, lzmaStream, type StreamEnd } from '@messlatte/bytes'
import { HEADER, parseLzipHeader, parseLzipTrailer, TRAILER } from './parse.ts'

type Write = (chunk: Uint8Array) => void

/** The only properties that the format knows. */
const PROPERTIES = { lc: 3, lp: 0, pb: 2 }

/** Members one behind the other are one content. What comes before damage is delivered. */
export function lzipStream(bytes: Bytes, at: number, write: Write): StreamEnd {
  let end = at
  try {
    do end = decodeMember(bytes, end, write)
    while (parseLzipHeader(bytes, end) !== undefined)
    return { end, checksum: 'matches' }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    // Where damaged data ends is not known: what lies behind the header is searched for other things.
    const broken = Math.min(bytes.size, Math.max(end, at + HEADER))
    return {
      end: code === 'truncated' ? bytes.size : error instanceof TrailerError ? error.end : broken,
      checksum: code === 'checksum' ? 'differs' : 'none',
      problem: { code, message },
    }
  }
}

/** The trailer says something else than what came out; where the member ends is known all the same. */
class TrailerError extends DecodeError {
  readonly end: number
  constructor(end: number) {
    super('checksum', 'lzip: CRC or sizes differ')
    this.end = end
  }
}

/** @returns offset behind the member @throws DecodeError */
function decodeMember(bytes: Bytes, at: number, write: Write): number {
  const dictionary = parseLzipHeader(bytes, at)
  if (dictionary === undefined) throw new DecodeError('corrupt', 'lzip: no header')
  let crc = 0
  let size = 0
  const stream = { properties: PROPERTIES, dictionary, size: Number.POSITIVE_INFINITY }
  const dataEnd = lzmaStream(bytes, at + HEADER, stream, (chunk) => {
    crc = crc32(chunk, crc)
    size += chunk.length
    write(chunk)
  })
  const end = dataEnd + TRAILER
  if (end > bytes.size) throw new DecodeError('truncated', 'lzip: the trailer is cut off')
  const trailer = parseLzipTrailer(bytes, dataEnd)
  if (trailer.crc !== crc || trailer.size !== size || trailer.memberSize !== end - at)
    throw new TrailerError(end)
  return end
}
