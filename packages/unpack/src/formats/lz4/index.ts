import { type Bytes, lz4FrameStream, Reader } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'

const LEGACY = 0x184c2102
/** The bound of LZ4 for the 8 MiB of a legacy block. */
const MAX_LEGACY_BLOCK = 8 * 1024 * 1024 + 32_896 + 16

/** Thrown through the decoder to end it. */
const BEGUN = Symbol('the first block came out')

export const lz4: StreamFormat = {
  kind: 'stream',
  name: 'lz4',
  title: 'LZ4 (frames and legacy frames)',
  references: ['LZ4 Frame Format Description 1.6.4'],
  limits: ['bare blocks are not found', 'frames that need a dictionary are not decoded'],
  magic: [
    { bytes: '\x04\x22\x4d\x18', at: 0 },
    { bytes: '\x02\x21\x4c\x18', at: 0 },
  ],
  carve: true,

  recognise(bytes, at) {
    if (at + 11 > bytes.size) return false
    return isPossible(bytes, at) && begins(bytes, at)
  },

  decode: lz4FrameStream,
}

/** Cheap, before anything is allocated. */
function isPossible(bytes: Bytes, at: number): boolean {
  const reader = new Reader(bytes.view(at, 8), 'little')
  if (reader.u32() !== LEGACY) return true
  const size = reader.u32()
  return size > 0 && size <= MAX_LEGACY_BLOCK && at + 8 + size <= bytes.size
}

/** Four bytes are weak: the header has to hold, with its check, and the first block has to come out. */
function begins(bytes: Bytes, at: number): boolean {
  try {
    const end = lz4FrameStream(bytes, at, () => {
      throw BEGUN
    })
    return end.problem === undefined
  } catch (thrown) {
    if (thrown === BEGUN) return true
    throw thrown
  }
}
