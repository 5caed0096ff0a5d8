import { type Bytes, Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { DiskMap, entriesOf } from '../disk-map.ts'

const DISK = 'disk.img'
const MAGIC = '\x7f\x10\xda\xbe'
const MAGIC_AT = 64
const HEADER = 0x188
/** Entries of the map that are no place: never written, and known to be zero. */
const LEAST_NOWHERE = 0xffff_fffe
const MOST_BLOCKS = 0x2000_0000
/** Of a difference to another image. */
const DIFFERENCE = 4

/** Little endian; offsets are from the start of the image. */
interface Vdi {
  readonly type: number
  readonly mapAt: number
  readonly dataAt: number
  /** Bytes of the disk, of a block, and of what each block has in front. */
  readonly size: number
  readonly block: number
  readonly extra: number
  readonly blocks: number
  readonly allocated: number
}

export const vdi: ContainerFormat<null> = {
  kind: 'container',
  name: 'vdi',
  title: 'Disk image of VirtualBox (VDI)',
  references: ['VirtualBox, src/VBox/Storage/VDICore.h', 'QEMU, block/vdi.c'],
  limits: ['of a difference to another image, what lies in that one is not sought there; it is zero here'],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const image = parseVdi(bytes, at)
    if (!image) return undefined
    const end = image.dataAt + image.allocated * (image.extra + image.block)
    return { start: at, end: Math.min(at + end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const { type, size } = parseVdi(bytes, start) as Vdi
    if (type === DIFFERENCE)
      problem(
        'unsupported',
        'what is not in this file lies in the image it was made from, and is zero here',
        DISK,
      )
    yield { cost: size, entries: 1, plan: null }
  },

  read(bytes, { start }, _plan, sink) {
    const image = parseVdi(bytes, start) as Vdi
    const { mapAt, dataAt, block, extra, blocks } = image
    const map = new DiskMap(bytes, image.size)
    let at = 0
    for (const place of entriesOf(bytes, start + mapAt, blocks, 4, 'little', (reader) => reader.u32())) {
      if (place < LEAST_NOWHERE) map.add(at, block, start + dataAt + place * (extra + block) + extra)
      at += block
    }
    map.lose(Math.max(0, image.size - at))
    map.show(DISK, sink)
  },
}

/** @throws BytesError */
function parseVdi(bytes: Bytes, at: number): Vdi | undefined {
  const reader = new Reader(bytes.view(at, HEADER), 'little', MAGIC_AT)
  if (reader.latin1(4) !== MAGIC) return undefined
  const [minor, major, headerSize, type] = [reader.u16(), reader.u16(), reader.u32(), reader.u32()]
  reader.at = 0x154
  const [mapAt, dataAt] = [reader.u32(), reader.u32()]
  reader.at = 0x168
  const sector = reader.u32()
  reader.at = 0x170
  const [size, block, extra, blocks, allocated] = [
    reader.size64(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
  ]
  if (major !== 1 || minor > 1 || headerSize < 0x158 || headerSize > 4096 || type < 1 || type > DIFFERENCE)
    return undefined
  if (sector !== 512 || block < 4096 || (block & (block - 1)) !== 0 || extra > block || extra % 512 !== 0)
    return undefined
  if (blocks > MOST_BLOCKS || allocated > blocks || size > blocks * block || size <= (blocks - 1) * block)
    return undefined
  if (mapAt < headerSize || dataAt < mapAt + blocks * 4) return undefined
  return { type, mapAt, dataAt, size, block, extra, blocks, allocated }
}
