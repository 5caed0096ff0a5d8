import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { inlay } from '../inlay.ts'
import { frameLength, isSameKind } from './frames.ts'
import { frameStarts } from './seek.ts'

const TAG = 'ID3'
const TAG_HEADER = 10
/** A tag of the first version lies behind the sound. */
const [OLD_TAG, OLD_TAG_BYTES] = ['TAG', 128]
/** Four bytes of a frame's header are weak; so many frames in a row are not. */
const LEAST_FRAMES = 12
const MOST_FRAMES = 1_000_000

export const mp3 = inlay(
  {
    name: 'mp3',
    title: 'MPEG audio (MP3)',
    references: ['ISO/IEC 11172-3, section 2.4', 'ISO/IEC 13818-3, section 2.4', 'ID3 tag version 2.4.0'],
    limits: [
      'layers 1 and 2, and frames of free bit rate, are not recognised',
      'it ends where no further frame of the same kind follows; fewer than 12 frames in a row are not taken for one',
    ],
    magic: ['\x02', '\x03', '\x04'].map((version) => ({ bytes: `${TAG}${version}`, at: 0 })),
    candidates: (bytes: Bytes, gap: Region) => frameStarts(bytes, gap),
    carve: true,
  },
  (bytes, at) => {
    const start = behindTag(bytes, at)
    if (start === undefined) return undefined
    const first = bytes.view(start, 4)
    let end = start
    for (let count = 0; count < MOST_FRAMES; count++) {
      const header = end + 4 <= bytes.size ? bytes.view(end, 4) : undefined
      const length = header && isSameKind(header, first) ? frameLength(header) : undefined
      if (length === undefined || end + length > bytes.size)
        return count < LEAST_FRAMES ? undefined : behindOldTag(bytes, end)
      end += length
    }
    return end
  },
)

/** Seven bits a byte tell how long the tag is; zeros may fill it up. */
function behindTag(bytes: Bytes, at: number): number | undefined {
  const header = bytes.view(at, TAG_HEADER)
  if (latin1(header.subarray(0, 3)) !== TAG) return at
  const size = new Reader(header, 'big', 6).take(4)
  if (size.some((byte) => byte > 0x7f)) return undefined
  const footer = ((header[5] as number) & 0x10) === 0 ? 0 : TAG_HEADER
  return at + TAG_HEADER + size.reduce((sum, byte) => sum * 128 + byte, 0) + footer
}

function behindOldTag(bytes: Bytes, at: number): number {
  const isThere = at + OLD_TAG_BYTES <= bytes.size && latin1(bytes.view(at, 3)) === OLD_TAG
  return isThere ? at + OLD_TAG_BYTES : at
}
