import { type Bytes, Reader } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'
import { pageSum } from './sum.ts'

const MAGIC = 'OggS'
const HEADER = 27
const BEGINS = 2
const SUM_AT = 22
const MOST_PAGES = 1_000_000

export const ogg = inlay(
  {
    name: 'ogg',
    title: 'Ogg (sound: Vorbis, Opus, Speex, FLAC)',
    references: ['RFC 3533, section 6'],
    limits: [
      'of the checksums only that of the first page is compared',
      'it ends where no further page follows',
    ],
    magic: [{ bytes: `${MAGIC}\0${String.fromCharCode(BEGINS)}`, at: 0 }],
    carve: true,
  },
  (bytes, at) => {
    const first = pageEnd(bytes, at)
    if (first === undefined || !isWhole(bytes.view(at, first - at))) return undefined
    let end = first
    for (let count = 0; count < MOST_PAGES; count++) {
      const next = pageEnd(bytes, end)
      if (next === undefined) break
      end = next
    }
    return end
  },
)

/** A page is as long as its table of segments says. */
function pageEnd(bytes: Bytes, at: number): number | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC || reader.u8() !== 0 || reader.u8() > 7) return undefined
  reader.skip(HEADER - 7)
  const segments = reader.u8()
  if (at + HEADER + segments > bytes.size) return undefined
  const end = bytes.view(at + HEADER, segments).reduce((sum, length) => sum + length, at + HEADER + segments)
  return end <= bytes.size ? end : undefined
}

/** Its checksum is computed as if it were not there yet. */
function isWhole(page: Uint8Array): boolean {
  const told = new Reader(page, 'little', SUM_AT).u32()
  const bare = Uint8Array.from(page).fill(0, SUM_AT, SUM_AT + 4)
  return pageSum(bare) === told
}
