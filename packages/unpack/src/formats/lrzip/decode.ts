import { createHash } from 'node:crypto'
import { type Bytes, DecodeError, propertiesOf, type StreamEnd } from '@messlatte/bytes'
import { rzipChunk } from '../rzip-chunk.ts'
import { numberOf } from '../rzip-series.ts'

export const MAGIC = 'LRZI'
export const HEADER = 24
const MD5 = 16

type Write = (chunk: Uint8Array) => void

export interface LrzipHeader {
  /** Bytes of the content; 0 where it was not known. */
  readonly size: number
  readonly lzma: number
  readonly hasMd5: boolean
  readonly isEncrypted: boolean
}

/** Undefined for what is none; version 0.6, the one that is written since 2011. */
export function parseHeader(bytes: Bytes, at: number): LrzipHeader | undefined {
  if (at + HEADER + 3 > bytes.size) return undefined
  const view = bytes.view(at, HEADER + 3)
  const [major, minor, md5 = 2, encrypted = 2] = [view[4], view[5], view[21], view[22]]
  const width = view[HEADER] as number
  if (major !== 0 || minor !== 6 || md5 > 1 || encrypted > 1) return undefined
  if (encrypted === 0 && (width < 1 || width > 8 || (view[HEADER + 1] as number) > 1)) return undefined
  return {
    size: numberOf(view, 6, 8),
    lzma: view[16] as number,
    hasMd5: md5 === 1,
    isEncrypted: encrypted === 1,
  }
}

/** `write` may throw to stop. */
export function lrzipStream(bytes: Bytes, at: number, write: Write): StreamEnd {
  const header = parseHeader(bytes, at) as LrzipHeader
  const md5 = createHash('md5')
  let total = 0
  try {
    if (header.isEncrypted) throw new DecodeError('unsupported', 'lrzip: encrypted')
    let next = at + HEADER
    for (let isLast = false; !isLast; ) {
      const chunk = readChunk(bytes, next, header, (part) => {
        total += part.length
        md5.update(part)
        write(part)
      })
      next = chunk.end
      ;({ isLast } = chunk)
    }
    if (header.size !== 0 && header.size !== total)
      throw new DecodeError('corrupt', `lrzip: ${total} bytes come out, the header says ${header.size}`)
    if (!header.hasMd5) return { end: next, checksum: 'matches' }
    const end = next + MD5
    if (end > bytes.size) throw new DecodeError('truncated', 'lrzip: the data ends before its MD5')
    if (md5.digest().equals(bytes.view(next, MD5))) return { end, checksum: 'matches' }
    return { end, checksum: 'differs', problem: { code: 'checksum', message: 'lrzip: the MD5 differs' } }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    return { end: bytes.size, checksum: code === 'checksum' ? 'differs' : 'none', problem: { code, message } }
  }
}

/** A chunk, with its head. @throws DecodeError */
function readChunk(
  bytes: Bytes,
  at: number,
  { size: whole, lzma }: LrzipHeader,
  write: Write,
): { readonly end: number; readonly isLast: boolean } {
  if (at + 2 > bytes.size) throw new DecodeError('truncated', 'lrzip: the data ends early')
  const [width = 0, last] = bytes.view(at, 2)
  if (width < 1 || width > 8 || at + 2 + width > bytes.size)
    throw new DecodeError('corrupt', 'lrzip: a chunk has no head')
  // Early versions left the size of a chunk empty where it is all of the content.
  const size = numberOf(bytes.view(at + 2, width), 0, width) || whole
  const base = at + 2 + width
  const properties = lzma === 0 ? undefined : propertiesOf(lzma)
  return { end: rzipChunk(bytes, { base, width, lzma: properties }, size, write), isLast: last === 1 }
}
