import { type Bytes, DecodeError, inflateStream, latin1, type StreamEnd, zstdStream } from '@messlatte/bytes'

type Write = (chunk: Uint8Array) => void

export interface PackedHeader {
  readonly algorithm: 'deflate' | 'zstd'
  /** Where the compressed data begins. */
  readonly at: number
}

/** `ADBd` is deflate without more; behind `ADBc` come u8 algorithm (1 deflate, 2 zstd) and u8 level. */
export function parsePackedHeader(bytes: Bytes, at: number): PackedHeader | undefined {
  if (at + 8 > bytes.size) return undefined
  const magic = latin1(bytes.view(at, 4))
  if (magic === 'ADBd') return { algorithm: 'deflate', at: at + 4 }
  const [algorithm = 0, level = 255] = bytes.view(at + 4, 2)
  if (magic !== 'ADBc' || level > 22) return undefined
  if (algorithm === 1) return { algorithm: 'deflate', at: at + 6 }
  return algorithm === 2 ? { algorithm: 'zstd', at: at + 6 } : undefined
}

export function unpackAdb(bytes: Bytes, header: PackedHeader, write: Write): StreamEnd {
  if (header.algorithm === 'zstd') return zstdStream(bytes, header.at, write)
  try {
    return { end: inflateStream(bytes, header.at, write), checksum: 'none' }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    return { end: bytes.size, checksum: 'none', problem: { code, message } }
  }
}

class Enough extends Error {}

/** Whether the content begins as it has to: without this, any deflate stream behind four letters would do. */
export function holdsAdb(bytes: Bytes, header: PackedHeader): boolean {
  let head = ''
  try {
    unpackAdb(bytes, header, (chunk) => {
      head += latin1(chunk.subarray(0, 4))
      if (head.length >= 4) throw new Enough()
    })
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  }
  return head.startsWith('ADB.')
}
