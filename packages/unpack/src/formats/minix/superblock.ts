import { type Bytes, type Endian, latin1, Reader } from '@messlatte/bytes'

const AT = 1024
const SIZE = 32

/** What differs between the versions. */
interface Layout {
  readonly version: 1 | 2 | 3
  /** Bytes of an inode, and of a record of a directory with its number in front of the name. */
  readonly inodeSize: number
  readonly recordSize: number
  readonly numberSize: 2 | 4
  /** Bytes of the number of a block. */
  readonly zoneSize: 2 | 4
}

const V1 = { version: 1, inodeSize: 32, numberSize: 2, zoneSize: 2 } as const
const V2 = { version: 2, inodeSize: 64, numberSize: 2, zoneSize: 4 } as const

const LAYOUTS: ReadonlyMap<number, Layout> = new Map<number, Layout>([
  [0x137f, { ...V1, recordSize: 16 }],
  [0x138f, { ...V1, recordSize: 32 }],
  [0x2468, { ...V2, recordSize: 16 }],
  [0x2478, { ...V2, recordSize: 32 }],
])
const V3_MAGIC = 0x4d5a
const V3: Layout = { version: 3, inodeSize: 64, recordSize: 64, numberSize: 4, zoneSize: 4 }

export interface Superblock extends Layout {
  readonly endian: Endian
  /** Bytes. */
  readonly blockSize: number
  readonly blocks: number
  readonly inodes: number
  /** First block of the inodes. */
  readonly inodesAt: number
  readonly firstData: number
}

/** Two bytes are too weak: a state of two bits stands behind them, or zeros in version 3. */
export function magics(): readonly { readonly bytes: string; readonly at: number }[] {
  const words = (one: number, two: number) => [
    latin1(new Uint8Array(Uint16Array.of(one, two).buffer)),
    latin1(Uint8Array.of(one >>> 8, one & 0xff, two >>> 8, two & 0xff)),
  ]
  const states = [0, 1, 2, 3]
  const old = [...LAYOUTS.keys()].flatMap((magic) => states.flatMap((state) => words(magic, state)))
  return [
    ...old.map((bytes) => ({ bytes, at: AT + 16 })),
    ...words(V3_MAGIC, 0).map((bytes) => ({ bytes, at: AT + 24 })),
  ]
}

/** The superblock of an image at `start` (Linux, include/uapi/linux/minix_fs.h), or undefined: its areas have to add up. */
export function readSuperblock(bytes: Bytes, start: number): Superblock | undefined {
  if (start + AT + SIZE > bytes.size) return undefined
  const view = bytes.view(start + AT, SIZE)
  for (const endian of ['little', 'big'] as const) {
    const layout = LAYOUTS.get(new Reader(view, endian, 16).u16())
    const found = layout
      ? readOld(view, endian, layout)
      : new Reader(view, endian, 24).u16() === V3_MAGIC
        ? readV3(view, endian)
        : undefined
    if (found) return found
  }
  return undefined
}

function readOld(view: Uint8Array, endian: Endian, layout: Layout): Superblock | undefined {
  const reader = new Reader(view, endian)
  const [inodes, zones, inodeMap, zoneMap, firstData, shift] = Array.from({ length: 6 }, () =>
    reader.u16(),
  ) as [number, number, number, number, number, number]
  const blocks = layout.version === 1 ? zones : new Reader(view, endian, 20).u32()
  return checked({ ...layout, endian, blockSize: 1024, blocks, inodes, firstData }, inodeMap, zoneMap, shift)
}

function readV3(view: Uint8Array, endian: Endian): Superblock | undefined {
  const reader = new Reader(view, endian)
  const inodes = reader.u32()
  reader.skip(2)
  const [inodeMap, zoneMap, firstData, shift] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()]
  reader.skip(6)
  const blocks = reader.u32()
  const blockSize = new Reader(view, endian, 28).u16()
  if (blockSize < 1024 || blockSize > 32_768 || blockSize % 512 !== 0) return undefined
  return checked({ ...V3, endian, blockSize, blocks, inodes, firstData }, inodeMap, zoneMap, shift)
}

function checked(
  found: Omit<Superblock, 'inodesAt'>,
  inodeMap: number,
  zoneMap: number,
  shift: number,
): Superblock | undefined {
  const { blockSize, blocks, inodes, inodeSize, firstData } = found
  const inodesAt = 2 + inodeMap + zoneMap
  const inodeBlocks = Math.ceil(inodes / Math.floor(blockSize / inodeSize))
  const bits = 8 * blockSize
  if (shift !== 0 || inodes === 0 || blocks <= firstData) return undefined
  if (inodeMap < Math.ceil((inodes + 1) / bits) || zoneMap < Math.ceil((blocks - firstData + 1) / bits))
    return undefined
  return firstData === inodesAt + inodeBlocks ? { ...found, inodesAt } : undefined
}
