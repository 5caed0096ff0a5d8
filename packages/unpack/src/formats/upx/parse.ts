import { type Bytes, type Endian, latin1, Reader } from '@messlatte/bytes'

const MARK = 'UPX!'
/** What upx itself takes in one piece, and as a whole, is not more, in bytes. */
const MOST_BLOCK = 16 * 1024 * 1024
const MOST_SIZE = 256 * 1024 * 1024
const MOST_BLOCKS = 4096
const MOST_SEGMENTS = 64
const BLOCK_HEADER = 12
const LOAD = 1
/** How far behind the blocks the loader ends, with what packs the rest of the file, in bytes. */
const MOST_LOADER = 512 * 1024
const PACK_HEADER = 32
/** Formats from this number on have the lengths before the checksums there. */
const BIG_ENDIAN = 0x80

export interface UpxBlock {
  /** Of what is packed, in bytes. */
  readonly at: number
  readonly packed: number
  readonly size: number
  readonly method: number
  /** Number of the filter that changed addresses in code; 0 for none. */
  readonly filter: number
  readonly mark: number
}

export interface UpxHeader {
  readonly endian: Endian
  /** Of the file that was packed, in bytes; 0 where somebody wiped it out. */
  readonly size: number
  readonly version: number
  readonly format: number
  readonly blocks: readonly UpxBlock[]
  /** Behind the last block. */
  readonly end: number
  /** The bytes end within the blocks. */
  readonly cut: boolean
}

/** The packed file's own header, the program headers, and behind them upx' two headers and its blocks. */
export function parseUpx(bytes: Bytes, start: number): UpxHeader | undefined {
  const layout = layoutOf(bytes, start)
  if (!layout) return undefined
  const { endian, at } = layout
  const reader = new Reader(bytes.view(at, 24), endian)
  reader.skip(4)
  if (reader.latin1(MARK.length) !== MARK) return undefined
  reader.skip(2)
  const [version, format] = [reader.u8(), reader.u8()]
  reader.skip(4)
  const size = reader.u32()
  if (size > MOST_SIZE) return undefined
  const walked = blocksOf(bytes, at + 24, endian, size)
  return walked && { endian, size, version, format, ...walked }
}

/** Where upx' headers begin: behind the program headers. */
function layoutOf(bytes: Bytes, start: number): { readonly endian: Endian; readonly at: number } | undefined {
  if (start + 64 > bytes.size) return undefined
  const ident = bytes.view(start, 6)
  if (latin1(ident.subarray(0, 4)) !== '\x7fELF') return undefined
  const endian = ident[5] === 1 ? 'little' : 'big'
  const table = programHeaders(bytes.view(start, 64), endian)
  const at = start + table.at + table.count * table.size
  return table.count > 0 && table.count <= MOST_SEGMENTS && at + 24 + BLOCK_HEADER <= bytes.size
    ? { endian, at }
    : undefined
}

function programHeaders(header: Uint8Array, endian: Endian) {
  const is64 = header[4] === 2
  const place = new Reader(header, endian, is64 ? 32 : 28)
  const at = is64 ? place.size64() : place.u32()
  const counts = new Reader(header, endian, is64 ? 54 : 42)
  return { is64, at, size: counts.u16(), count: counts.u16() }
}

/** Blocks one behind the other, up to what is none. */
function blocksOf(bytes: Bytes, start: number, endian: Endian, size: number) {
  const blocks: UpxBlock[] = []
  let at = start
  let cut = false
  for (let sum = 0; blocks.length < MOST_BLOCKS && at + BLOCK_HEADER <= bytes.size; ) {
    const reader = new Reader(bytes.view(at, BLOCK_HEADER), endian)
    const [plain, packed] = [reader.u32(), reader.u32()]
    const [method, filter, mark] = [reader.u8(), reader.u8(), reader.u8()]
    const limit = size === 0 ? MOST_SIZE : size
    const fits = plain > 0 && plain <= MOST_BLOCK && packed > 0 && packed <= plain && sum + plain <= limit
    if (!fits || !METHODS.has(method)) break
    cut = at + BLOCK_HEADER + packed > bytes.size
    if (cut) break
    blocks.push({ at: at + BLOCK_HEADER, packed, size: plain, method, filter, mark })
    sum += plain
    at += BLOCK_HEADER + packed
  }
  return blocks.length > 0 ? { blocks, end: at, cut } : undefined
}

/** NRV2B, 2D and 2E with words of 32, 8 and 16 bits; LZMA; Deflate. */
const METHODS: ReadonlySet<number> = new Set([2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 15])

/** A stretch of the packed file that blocks hold. */
export interface Extent {
  readonly offset: number
  readonly size: number
}

/** The loadable segments in the header that comes out of the first block. @throws BytesError for what is none */
export function loadedExtents(first: Uint8Array, endian: Endian): readonly Extent[] {
  const { is64, at, size, count } = programHeaders(first.subarray(0, 64), endian)
  return Array.from({ length: Math.min(count, MOST_SEGMENTS) }, (_, index) => {
    const reader = new Reader(first, endian, at + index * size)
    const type = reader.u32()
    if (is64) reader.skip(4)
    const offset = is64 ? reader.size64() : reader.u32()
    reader.skip(is64 ? 16 : 8)
    return { type, offset, size: is64 ? reader.size64() : reader.u32() }
  }).filter((segment) => segment.type === LOAD && segment.size > 0)
}

/** What upx keeps at the end. */
export interface UpxTail {
  /** Behind the last byte of upx' own. */
  readonly end: number
  /** Adler-32 over all that comes out of the blocks, filters undone. */
  readonly adler: number
}

/** The header at the end is found by its mark, and by version and format, which stand in the first one too. */
export function findTail(bytes: Bytes, { end, version, format, endian }: UpxHeader): UpxTail | undefined {
  const size = Math.min(MOST_LOADER, bytes.size - end)
  const view = latin1(bytes.view(end, size))
  for (let at = view.indexOf(MARK); at >= 0; at = view.indexOf(MARK, at + 1)) {
    if (at + PACK_HEADER + 4 > size) return undefined
    const header = bytes.view(end + at, PACK_HEADER)
    if (header[4] !== version || header[5] !== format || checkOf(header) !== header[PACK_HEADER - 1]) continue
    const adler = new Reader(header, endian, format < BIG_ENDIAN ? 8 : 16).u32()
    return { end: end + at + PACK_HEADER + 4, adler }
  }
  return undefined
}

/** The sum of all between the mark and the last byte, modulo 251. */
function checkOf(header: Uint8Array): number {
  return header.subarray(4, PACK_HEADER - 1).reduce((sum, byte) => sum + byte, 0) % 251
}
