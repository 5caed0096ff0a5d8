import { type Bytes, Reader, zlibBlock } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'

const MAGIC = '\x37\xe4\x53\x96\xc9\xdb\xd6\x07'
const MAGIC_2 = '\xef\x22\x55\xa1\xbc\x1b\x95\xa0'
const ZLIB = 1
const [LEAST_BLOCK_BITS, MOST_BLOCK_BITS] = [12, 20]

interface Header {
  /** Bytes that come out. */
  readonly size: number
  /** Bytes of the header. */
  readonly length: number
  /** Bytes of a place in the table. */
  readonly width: number
  /** Bytes of a block that come out, as a power of two. */
  readonly bits: number
}

/** Version 1 has numbers of 32 bits, version 2 those of 64. @throws FormatError, BytesError */
function headerAt(bytes: Bytes, at: number): Header {
  const header = new Reader(bytes.view(at, 24), 'little')
  const magic = header.latin1(8)
  if (magic === MAGIC) {
    const [size, words, bits] = [header.u32(), header.u8(), header.u8()]
    return { size, length: words * 4, width: 4, bits }
  }
  if (magic !== MAGIC_2) throw new FormatError('structure', 'it is not packed as its name says')
  const [version, words, method, bits] = [header.u8(), header.u8(), header.u8(), header.u8()]
  if (version !== 0 || method !== ZLIB)
    throw new FormatError('unsupported', `zisofs of version 2.${version} with the method ${method}`)
  return { size: header.size64(), length: words * 4, width: 8, bits }
}

/** Unpacks a content of zisofs into `out`: a header, where blocks begin, and blocks of zlib. @throws FormatError, DecodeError, BytesError */
export function unpackZisofs(bytes: Bytes, at: number, length: number, out: Uint8Array): void {
  const { size, length: head, width, bits } = headerAt(bytes, at)
  if (size !== out.length || head < 16 || bits < LEAST_BLOCK_BITS || bits > MOST_BLOCK_BITS)
    throw new FormatError('structure', 'a header of zisofs that does not fit')
  const blockSize = 2 ** bits
  const blocks = Math.ceil(size / blockSize)
  const table = new Reader(bytes.view(at + head, (blocks + 1) * width), 'little')
  const place = () => (width === 4 ? table.u32() : table.size64())
  let from = place()
  for (let block = 0; block < blocks; block++) {
    const to = place()
    if (to < from || to > length) throw new FormatError('structure', 'blocks of zisofs that are not in order')
    const target = out.subarray(block * blockSize, (block + 1) * blockSize)
    // A block of nothing is one of zeros.
    if (to > from && zlibBlock(bytes.view(at + from, to - from), target) !== target.length)
      throw new FormatError('structure', 'a block of zisofs that is too short')
    from = to
  }
}
