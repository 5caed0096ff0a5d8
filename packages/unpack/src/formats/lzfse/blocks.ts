import { type Bytes, Reader } from '@messlatte/bytes'

const STORED = 'bvx-'
const LZVN = 'bvxn'
const TABLES = 'bvx2'
const END = 'bvx$'
/** How a stream begins that holds anything. */
export const KINDS = [STORED, LZVN, TABLES] as const

/** Bytes: what one view of the source shows, and what one content takes of the memory. */
const MOST_PACKED = 16 * 1024 * 1024
const MOST_PLAIN = 64 * 1024 * 1024
/** Of the longest header, as far as it tells sizes. */
const HEADER = 32
const LOW_20 = (1n << 20n) - 1n

interface Sizes {
  readonly plain: number
  /** With the mark of the end. */
  readonly packed: number
}

/** Sizes of the stream at `at`, from block to block up to its end; undefined where they do not lead there. */
export function sizesOf(bytes: Bytes, at: number): Sizes | undefined {
  let [plain, place] = [0, at]
  while (place + END.length <= bytes.size && place - at <= MOST_PACKED - END.length) {
    const header = new Reader(bytes.view(place, Math.min(HEADER, bytes.size - place)), 'little')
    const kind = header.latin1(4)
    if (kind === END) return plain === 0 ? undefined : { plain, packed: place + END.length - at }
    const block = blockSizes(kind, header)
    if (!block || block.plain === 0) return undefined
    plain += block.plain
    place += block.packed
    if (plain > MOST_PLAIN) return undefined
  }
  return undefined
}

/** Little endian; lengths of 20 bits in words of 64. */
function blockSizes(kind: string, header: Reader): Sizes | undefined {
  if (kind !== STORED && kind !== LZVN && kind !== TABLES) return undefined
  if (header.left < (kind === TABLES ? HEADER - 4 : 8)) return undefined
  const plain = header.u32()
  if (kind === STORED) return { plain, packed: 8 + plain }
  if (kind === LZVN) return { plain, packed: 12 + header.u32() }
  const [literals, matches, third] = [header.u64(), header.u64(), header.u64()]
  const packed =
    Number(third & 0xffff_ffffn) + Number((literals >> 20n) & LOW_20) + Number((matches >> 40n) & LOW_20)
  return packed < HEADER ? undefined : { plain, packed }
}
