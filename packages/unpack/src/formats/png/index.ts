import { crc32 } from 'node:zlib'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'

const MAGIC = '\x89PNG\r\n\x1a\n'
/** Length and kind before the content of a chunk, CRC-32 behind it. */
const AROUND = 12
const FIRST = 13
const MOST_CHUNKS = 100_000

export const png = inlay(
  {
    name: 'png',
    title: 'PNG (pictures)',
    references: ['W3C, Portable Network Graphics, 3rd edition, sections 5 and 11'],
    limits: ['nothing is decompressed; of the checksums only the first one is compared'],
    magic: [{ bytes: MAGIC, at: 0 }],
    carve: true,
  },
  (bytes, at) => {
    let next = at + MAGIC.length
    if (!isFirstChunk(bytes.view(next, FIRST + AROUND))) return undefined
    for (let count = 0; count < MOST_CHUNKS; count++) {
      const chunk = chunkAt(bytes, next)
      if (!chunk) return undefined
      next = chunk.end
      if (chunk.kind === 'IEND') return next
    }
    return undefined
  },
)

function chunkAt(bytes: Bytes, at: number): { readonly kind: string; readonly end: number } | undefined {
  const reader = new Reader(bytes.view(at, 8), 'big')
  const length = reader.u32()
  const kind = reader.latin1(4)
  if (!/^[A-Za-z]{4}$/.test(kind) || (kind === 'IEND' && length > 0)) return undefined
  return { kind, end: at + AROUND + length }
}

/** IHDR: its checksum holds, and the picture has a size. */
function isFirstChunk(chunk: Uint8Array): boolean {
  const reader = new Reader(chunk, 'big')
  if (reader.u32() !== FIRST || latin1(chunk.subarray(4, 8)) !== 'IHDR') return false
  reader.skip(4)
  const [width, height] = [reader.u32(), reader.u32()]
  reader.skip(5)
  return width > 0 && height > 0 && reader.u32() === crc32(chunk.subarray(4, 8 + FIRST))
}
