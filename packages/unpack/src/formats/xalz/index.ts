import { type Bytes, DecodeError, lz4Block, MAX_VIEW, Reader } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'
import { endOfBlock } from './block.ts'

const MAGIC = 'XALZ'
const HEADER = 12
/** Bytes: an assembly has some megabytes at most. */
const MOST = 64 * 1024 * 1024

interface Packed {
  /** Bytes, unpacked. */
  readonly size: number
  readonly end: number
}

function packedAt(bytes: Bytes, at: number): Packed | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  reader.skip(4)
  const size = reader.u32()
  if (size === 0 || size > MOST) return undefined
  const from = at + HEADER
  const length = endOfBlock(bytes.view(from, Math.min(bytes.size - from, MAX_VIEW)), size)
  return length === undefined ? undefined : { size, end: from + length }
}

export const xalz: StreamFormat = {
  kind: 'stream',
  name: 'xalz',
  title: 'Assemblies of Xamarin for Android (XALZ)',
  references: [
    'pyxamstore (github.com/jakev/pyxamstore), constants and unpacking',
    'LZ4 Block Format Description',
  ],
  limits: [
    'there is no checksum; of 64 MiB at most, packed into 16 MiB at most',
    'one that is cut off is not recognised',
    'stores of many assemblies (XABA) are searched for these, and their index is not read',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise: (bytes, at) => packedAt(bytes, at) !== undefined,

  decode(bytes, at, write) {
    const packed = packedAt(bytes, at)
    if (!packed) throw new DecodeError('corrupt', 'XALZ: no block of that size')
    const output = new Uint8Array(packed.size)
    lz4Block(bytes.view(at + HEADER, packed.end - at - HEADER), output)
    write(output)
    return { end: packed.end, checksum: 'none' }
  },
}
