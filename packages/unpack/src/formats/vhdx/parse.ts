import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { crc32c } from '../crc32c.ts'
import { GUID_SIZE, guidText } from '../uefi-guid.ts'

export const MAGIC = 'vhdxfile'
const KIB = 1024
const MIB = 1024 * KIB
/** Two copies each of the header and of the table of regions. */
const HEADERS = [64 * KIB, 128 * KIB] as const
const REGIONS = [192 * KIB, 256 * KIB] as const
const [HEADER_SIZE, REGIONS_SIZE, ITEM] = [4 * KIB, 64 * KIB, 32] as const
/** Of the headers and tables at the start. */
export const HEAD = MIB
const MOST_ITEMS = 2047
const BLOCK_TABLE = '2DC27766-F623-4200-9D64-115E9BFD4A08'
const METADATA = '8B7CA206-4790-4B9A-B8FE-575F050F886E'
const PARAMETERS = 'CAA16737-FA36-4D43-B3B6-33F0AA44E76B'
const DISK_SIZE = '2FA54224-CD1B-4876-B211-5DBED83BF4B8'
const SECTOR_SIZE = '8141BF1D-A96F-4709-BA47-F233A8FAAB5F'
const HAS_PARENT = 2

export interface Stretch {
  readonly at: number
  /** Bytes. */
  readonly length: number
}

/** Little endian; offsets are from the start of the image. */
export interface Vhdx {
  readonly blockTable: Stretch
  /** Bytes of the disk, of a block, and of a sector as the disk has them. */
  readonly size: number
  readonly block: number
  readonly sector: number
  readonly hasParent: boolean
  /** Whether changes lie in a log that have not reached their places. */
  readonly isLogged: boolean
  /** Behind the log and all regions. */
  readonly end: number
}

/** @throws BytesError */
export function parseVhdx(bytes: Bytes, start: number): Vhdx | undefined {
  if (latin1(bytes.view(start, MAGIC.length)) !== MAGIC) return undefined
  const header = headerOf(bytes, start)
  const regions = regionsOf(bytes, start)
  const blockTable = regions?.get(BLOCK_TABLE)
  const metadata = regions?.get(METADATA)
  if (!header || !regions || !blockTable || !metadata) return undefined
  const items = metadataOf(bytes, start, metadata)
  const parameters = items.get(PARAMETERS)
  const [size, sector] = [items.get(DISK_SIZE)?.size64(), items.get(SECTOR_SIZE)?.u32()]
  if (!parameters || size === undefined || (sector !== 512 && sector !== 4096)) return undefined
  const [block, flags] = [parameters.u32(), parameters.u32()]
  if (block < MIB || block > 256 * MIB || (block & (block - 1)) !== 0 || !Number.isFinite(size))
    return undefined
  const ends = [header.log, ...regions.values()].map(({ at, length }) => at + length)
  return {
    blockTable,
    size,
    block,
    sector,
    hasParent: (flags & HAS_PARENT) !== 0,
    isLogged: header.isLogged,
    end: Math.max(HEAD, ...ends),
  }
}

interface Header {
  readonly sequence: bigint
  readonly log: Stretch
  readonly isLogged: boolean
}

/** The later one of those whose sums fit. */
function headerOf(bytes: Bytes, start: number): Header | undefined {
  let found: Header | undefined
  for (const at of HEADERS) {
    const view = bytes.view(start + at, HEADER_SIZE)
    const reader = new Reader(view, 'little', 8)
    if (!isVouched(view, 'head')) continue
    const sequence = reader.u64()
    reader.skip(2 * GUID_SIZE)
    const isLogged = reader.take(GUID_SIZE).some((byte) => byte !== 0)
    reader.skip(4)
    const length = reader.u32()
    if (!found || sequence > found.sequence)
      found = { sequence, isLogged, log: { length, at: reader.size64() } }
  }
  return found
}

function regionsOf(bytes: Bytes, start: number): ReadonlyMap<string, Stretch> | undefined {
  for (const at of REGIONS) {
    const view = bytes.view(start + at, REGIONS_SIZE)
    if (!isVouched(view, 'regi')) continue
    const count = new Reader(view, 'little', 8).u32()
    if (count > MOST_ITEMS) return undefined
    const reader = new Reader(view, 'little', 16)
    const regions = new Map<string, Stretch>()
    for (let index = 0; index < count; index++) {
      const name = guidText(reader.take(GUID_SIZE))
      regions.set(name, { at: reader.size64(), length: reader.u32() })
      reader.skip(4)
    }
    return regions
  }
  return undefined
}

/** A magic, and a CRC-32C that counts itself as zero. */
function isVouched(view: Uint8Array, magic: string): boolean {
  if (latin1(view.subarray(0, 4)) !== magic) return false
  const copy = Uint8Array.from(view)
  copy.fill(0, 4, 8)
  return new Reader(view, 'little', 4).u32() === ~crc32c(copy) >>> 0
}

/** What each item holds, as far as numbers go. */
function metadataOf(bytes: Bytes, start: number, { at }: Stretch): ReadonlyMap<string, Reader> {
  const items = new Map<string, Reader>()
  const head = new Reader(bytes.view(start + at, ITEM), 'little')
  if (head.latin1(8) !== 'metadata') return items
  head.skip(2)
  const count = Math.min(head.u16(), MOST_ITEMS)
  const table = new Reader(bytes.view(start + at + ITEM, count * ITEM), 'little')
  for (let index = 0; index < count; index++) {
    const name = guidText(table.take(GUID_SIZE))
    const [offset, length] = [table.u32(), table.u32()]
    table.skip(8)
    if (length >= 4 && length <= 64)
      items.set(name, new Reader(bytes.view(start + at + offset, length), 'little'))
  }
  return items
}
