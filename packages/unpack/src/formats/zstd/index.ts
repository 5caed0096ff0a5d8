import { type Bytes, latin1, Reader, zstdStream } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'

const MAGIC = '\x28\xb5\x2f\xfd'
/** A skippable frame of four bytes, in which pzstd tells the length of the frame behind it. */
const PZSTD = '\x50\x2a\x4d\x18\x04\0\0\0'
const PZSTD_SIZE = PZSTD.length + 4
const RESERVED_BIT = 1 << 3
const SINGLE_SEGMENT = 1 << 5
const RESERVED_BLOCK = 3
const MAX_BLOCK = 128 * 1024
const RAW = 0

export const zstd: StreamFormat = {
  kind: 'stream',
  name: 'zstd',
  title: 'Zstandard',
  references: ['RFC 8878, sections 3.1.1 and 3.1.2', 'zstd, contrib/pzstd (frames that tell lengths)'],
  limits: ['frames that need a dictionary are not decoded', 'windows over 128 MiB are not decoded'],
  magic: [MAGIC, PZSTD].map((bytes) => ({ bytes, at: 0 })),
  carve: true,
  recognise(bytes, at) {
    const frame = stands(bytes, at, PZSTD) ? at + PZSTD_SIZE : at
    return stands(bytes, frame, MAGIC) && isPlausible(bytes, frame + MAGIC.length)
  },
  decode: zstdStream,
}

function stands(bytes: Bytes, at: number, magic: string): boolean {
  return at + magic.length <= bytes.size && latin1(bytes.view(at, magic.length)) === magic
}

/** The frame header has no check; the header of the first block has to make sense too. */
function isPlausible(bytes: Bytes, at: number): boolean {
  if (at + 1 > bytes.size) return false
  const descriptor = bytes.view(at, 1)[0] as number
  if (descriptor & RESERVED_BIT) return false
  const single = (descriptor & SINGLE_SEGMENT) !== 0
  const dictionary = [0, 1, 2, 4][descriptor & 3] as number
  const contentSize = [single ? 1 : 0, 2, 4, 8][descriptor >>> 6] as number
  const blockAt = at + 1 + (single ? 0 : 1) + dictionary + contentSize
  if (blockAt + 3 > bytes.size) return false
  const reader = new Reader(bytes.view(blockAt, 3), 'little')
  const header = reader.u16() + reader.u8() * 0x1_0000
  const type = (header >>> 1) & 3
  const size = header >>> 3
  return type !== RESERVED_BLOCK && size <= MAX_BLOCK && (size > 0 || type === RAW)
}
