import {
  type Bytes,
  BytesError,
  DecodeError,
  lzo1x,
  nrvDecompress,
  Reader,
  type StreamEnd,
} from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'

const MAGIC = 'iwlyfmbp'
const HEADER = 16
const BLOCK_HEADER = 8

interface Header {
  /** Bytes, unpacked. */
  readonly size: number
  readonly blockSize: number
  readonly codec: 'lzo' | 'ucl'
}

function headerAt(bytes: Bytes, at: number): Header | undefined {
  if (at + HEADER + BLOCK_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [size, blockSize, type] = [reader.u32(), reader.u16(), reader.u8()]
  const codec = (['lzo', 'ucl'] as const)[type]
  const known = blockSize >= 4096 && Number.isInteger(Math.log2(blockSize))
  return known && codec !== undefined && size > 0 && size < 2 ** 31 ? { size, blockSize, codec } : undefined
}

export const qnxDeflate: StreamFormat = {
  kind: 'stream',
  name: 'qnx-deflate',
  title: 'Files that QNX keeps compressed (deflate, inflator; LZO and UCL)',
  references: [
    'QNX Neutrino, Utilities Reference, "deflate" and "inflator"',
    'unblob, handlers/compression/qnx_deflate.py',
  ],
  limits: ['there is no checksum; the size of each block and of all is compared'],
  recognisedOnly: 'deflate of QNX is not public, and no file that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise: (bytes, at) => headerAt(bytes, at) !== undefined,

  decode(bytes, at, write) {
    const { size, blockSize, codec } = headerAt(bytes, at) as Header
    const out = new Uint8Array(blockSize)
    let [place, written] = [at + HEADER, 0]
    const broken = (code: DecodeError['code'], message: string): StreamEnd => ({
      end: Math.min(place, bytes.size),
      checksum: 'none',
      problem: { code, message: `QNX deflate: ${message}` },
    })
    try {
      for (;;) {
        const reader = new Reader(bytes.view(place, BLOCK_HEADER), 'little')
        // What a block says of the one before it is not needed to go forward.
        reader.skip(2)
        const next = reader.u16()
        reader.skip(2)
        const blockLength = reader.u16()
        if (next === 0) break
        if (next <= BLOCK_HEADER || blockLength > blockSize)
          return broken('corrupt', 'a block of no size that could be')
        const input = bytes.view(place + BLOCK_HEADER, next - BLOCK_HEADER)
        const target = out.subarray(0, blockLength)
        const got = codec === 'lzo' ? lzo1x(input, target) : nrvDecompress(input, target, 'nrv2b', 8)
        if (got !== blockLength) return broken('corrupt', 'a block gives less than it announces')
        write(target)
        written += got
        place += next
      }
    } catch (error) {
      if (error instanceof BytesError) return broken('truncated', 'the blocks break off')
      if (error instanceof DecodeError) return broken(error.code, error.message)
      throw error
    }
    place += BLOCK_HEADER
    return written === size
      ? { end: place, checksum: 'none' }
      : broken('corrupt', `${size} bytes are announced, ${written} came out`)
  },
}
