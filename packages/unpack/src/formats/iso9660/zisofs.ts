import { type Bytes, Reader, zlibBlock } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'

const MAGIC = '\x37\xe4\x53\x96\xc9\xdb\xd6\x07'
const MOST_BLOCK_BITS = 20

/** Unpacks a content of zisofs into `out`: a header, where blocks begin, and blocks of zlib. @throws FormatError, DecodeError, BytesError */
export function unpackZisofs(bytes: Bytes, at: number, length: number, out: Uint8Array): void {
  const header = new Reader(bytes.view(at, 16), 'little')
  if (header.latin1(8) !== MAGIC) throw new FormatError('structure', 'it is not packed as its name says')
  const [size, words, bits] = [header.u32(), header.u8(), header.u8()]
  if (size !== out.length || words < 4 || bits < 12 || bits > MOST_BLOCK_BITS)
    throw new FormatError('structure', 'a header of zisofs that does not fit')
  const blockSize = 2 ** bits
  const blocks = Math.ceil(size / blockSize)
  const table = new Reader(bytes.view(at + words * 4, (blocks + 1) * 4), 'little')
  let from = table.u32()
  for (let block = 0; block < blocks; block++) {
    const to = table.u32()
    if (to < from || to > length) throw new FormatError('structure', 'blocks of zisofs that are not in order')
    const target = out.subarray(block * blockSize, (block + 1) * blockSize)
    // A block of nothing is one of zeros.
    if (to > from && zlibBlock(bytes.view(at + from, to - from), target) !== target.length)
      throw new FormatError('structure', 'a block of zisofs that is too short')
    from = to
  }
}
