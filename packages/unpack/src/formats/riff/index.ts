import { Reader } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'

const HEADER = 8
/** Sound, pictures, films, moving pointers, music, colours, sound fonts. */
const FORMS = ['WAVE', 'WEBP', 'AVI ', 'ACON', 'RMID', 'PAL ', 'sfbk']
const MOST_CHUNKS = 10_000

export const riff = inlay(
  {
    name: 'riff',
    title: 'RIFF (WAV, WebP, AVI)',
    references: [
      'Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0, chapter 2',
      'WebP Container Specification',
    ],
    limits: [
      'one whose header was written before its length was known is not recognised',
      'forms other than WAVE, WEBP, AVI, ACON, RMID, PAL and sfbk are not recognised',
    ],
    magic: [{ bytes: 'RIFF', at: 0 }],
    carve: true,
  },
  (bytes, at) => {
    const header = new Reader(bytes.view(at, HEADER + 4), 'little', 4)
    const end = at + HEADER + header.u32()
    if (!FORMS.includes(header.latin1(4)) || end > bytes.size) return undefined
    let next = at + HEADER + 4
    for (let count = 0; count < MOST_CHUNKS && next < end; count++) {
      const chunk = new Reader(bytes.view(next, HEADER), 'little')
      if (!/^[ -~]{4}$/.test(chunk.latin1(4))) return undefined
      const length = chunk.u32()
      next += HEADER + length
      if (next === end) break
      next += length % 2
    }
    return next === end && end > at + HEADER + 4 ? end : undefined
  },
)
