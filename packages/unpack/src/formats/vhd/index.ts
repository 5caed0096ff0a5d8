import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { DiskMap, entriesOf } from '../disk-map.ts'

const DISK = 'disk.img'
const [FOOTER_MAGIC, HEADER_MAGIC] = ['conectix', 'cxsparse'] as const
const [FOOTER, HEADER] = [512, 1024] as const
const SECTOR = 512
const NOWHERE = 0xffff_ffff
const MOST_BLOCKS = 0x0100_0000
const MOST_BLOCK = 256 * 1024 * 1024
const SUM_AT = { footer: 64, header: 36 } as const
const [FIXED, DYNAMIC, DIFFERENCE] = [2, 3, 4] as const

/** Big endian; offsets are from the start of the image. */
interface Vhd {
  readonly type: number
  /** Bytes of the disk. */
  readonly size: number
  /** Undefined for what stands behind a disk that lies as it is. */
  readonly table: BlockTable | undefined
}

interface BlockTable {
  readonly at: number
  readonly entries: number
  /** Bytes of a block, and of the bitmap before it. */
  readonly block: number
  readonly bitmap: number
}

export const vhd: ContainerFormat<null> = {
  kind: 'container',
  name: 'vhd',
  title: 'Disk image of Virtual PC and Hyper-V (VHD, dynamic)',
  references: ['Microsoft, Virtual Hard Disk Image Format Specification 1.0 (2006)'],
  limits: [
    'of a disk of fixed size only the footer is recognised: before it the disk lies as it is',
    'of a difference to another image, what lies in that one is not sought there; it is zero here',
  ],
  magic: [{ bytes: FOOTER_MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseVhd(bytes, at)
    if (!image) return undefined
    if (!image.table) return { start: at, end: at + FOOTER }
    const end = Math.max(mapOf(bytes, at, image.size, image.table).end, at + endOfTable(image.table))
    const hasFooter = end + FOOTER <= bytes.size && latin1(bytes.view(end, 8)) === FOOTER_MAGIC
    return { start: at, end: Math.min(hasFooter ? end + FOOTER : end, bytes.size) }
  },

  *open(bytes, { start, end }, problem) {
    const { type, size, table } = parseVhd(bytes, start) as Vhd
    if (!table) return
    if (type === DIFFERENCE)
      problem(
        'unsupported',
        'what is not in this file lies in the image it was made from, and is zero here',
        DISK,
      )
    if (latin1(bytes.view(end - FOOTER, 8)) !== FOOTER_MAGIC || end - start < FOOTER + endOfTable(table))
      problem('truncated', 'the image has no footer')
    yield { cost: size, entries: 1, plan: null }
  },

  read(bytes, { start }, _plan, sink) {
    const { size, table } = parseVhd(bytes, start) as Vhd
    if (table) mapOf(bytes, start, size, table).show(DISK, sink)
  },
}

/** Both structures are vouched for by a sum of their bytes. @throws BytesError */
function parseVhd(bytes: Bytes, at: number): Vhd | undefined {
  const view = bytes.view(at, FOOTER)
  const reader = new Reader(view, 'big')
  if (reader.latin1(8) !== FOOTER_MAGIC || !sumFits(view, SUM_AT.footer)) return undefined
  reader.at = 12
  const [version, headerAt] = [reader.u32(), reader.u64()]
  reader.at = 48
  const size = reader.size64()
  reader.at = 60
  const type = reader.u32()
  if (version >>> 16 !== 1 || !Number.isFinite(size)) return undefined
  if (type === FIXED) return { type, size, table: undefined }
  // What ends an image is the same as what begins it; only that is followed by the rest.
  if ((type !== DYNAMIC && type !== DIFFERENCE) || headerAt !== BigInt(FOOTER)) return undefined
  const table = tableOf(bytes, at, size)
  return table && { type, size, table }
}

function tableOf(bytes: Bytes, start: number, size: number): BlockTable | undefined {
  const view = bytes.view(start + FOOTER, HEADER)
  const reader = new Reader(view, 'big')
  if (reader.latin1(8) !== HEADER_MAGIC || !sumFits(view, SUM_AT.header)) return undefined
  reader.skip(8)
  const [at, version, entries, block] = [reader.size64(), reader.u32(), reader.u32(), reader.u32()]
  if (version >>> 16 !== 1 || at < FOOTER + HEADER || !Number.isFinite(at) || entries > MOST_BLOCKS)
    return undefined
  if (block < SECTOR || block > MOST_BLOCK || (block & (block - 1)) !== 0 || entries * block < size)
    return undefined
  const bitmap = Math.ceil(block / SECTOR / 8 / SECTOR) * SECTOR
  return { at, entries, block, bitmap }
}

function endOfTable({ at, entries }: BlockTable): number {
  return at + Math.ceil((entries * 4) / SECTOR) * SECTOR
}

/** One's complement of the sum of all bytes but itself. */
function sumFits(view: Uint8Array, at: number): boolean {
  const sum = view.reduce((total, byte, index) => (index >= at && index < at + 4 ? total : total + byte), 0)
  return new Reader(view, 'big', at).u32() === ~sum >>> 0
}

function mapOf(
  bytes: Bytes,
  start: number,
  size: number,
  { at, entries, block, bitmap }: BlockTable,
): DiskMap {
  const map = new DiskMap(bytes, size)
  let disk = 0
  for (const sector of entriesOf(bytes, start + at, entries, 4, 'big', (reader) => reader.u32())) {
    if (sector !== NOWHERE) map.add(disk, block, start + sector * SECTOR + bitmap)
    disk += block
  }
  map.lose(Math.max(0, size - disk))
  return map
}
