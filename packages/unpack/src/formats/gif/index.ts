import { type Bytes, Reader } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'

const IMAGE = 0x2c
const EXTENSION = 0x21
const TRAILER = 0x3b
const MOST_PARTS = 100_000
const MOST_BLOCKS = 1_000_000

export const gif = inlay(
  {
    name: 'gif',
    title: 'GIF (pictures)',
    references: ['CompuServe, GIF89a Specification, sections 17 to 27'],
    limits: ['nothing is decompressed'],
    magic: ['GIF87a', 'GIF89a'].map((bytes) => ({ bytes, at: 0 })),
    carve: true,
  },
  (bytes, at) => {
    const screen = new Reader(bytes.view(at + 6, 7), 'little')
    if (screen.u16() === 0 || screen.u16() === 0) return undefined
    let next = at + 13 + paletteBytes(screen.u8())
    let images = 0
    for (let count = 0; count < MOST_PARTS; count++) {
      switch (bytes.view(next, 1)[0]) {
        case TRAILER:
          return images > 0 ? next + 1 : undefined
        case EXTENSION:
          next = behindBlocks(bytes, next + 2)
          break
        case IMAGE: {
          const data = next + 10 + paletteBytes(bytes.view(next + 9, 1)[0] as number)
          const bits = bytes.view(data, 1)[0] as number
          if (bits < 1 || bits > 11) return undefined
          next = behindBlocks(bytes, data + 1)
          images++
          break
        }
        default:
          return undefined
      }
    }
    return undefined
  },
)

/** Three bytes a colour, where the flags say that there is a table. */
function paletteBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}

/** Blocks, each behind its length in one byte; an empty one is the last. */
function behindBlocks(bytes: Bytes, from: number): number {
  let at = from
  for (let count = 0; count < MOST_BLOCKS; count++) {
    const length = bytes.view(at, 1)[0] as number
    at += 1 + length
    if (length === 0) return at
  }
  return Number.POSITIVE_INFINITY
}
