import { type Bytes, Reader } from '@messlatte/bytes'
import { f2fsSum } from './sum.ts'

/** What stands in the superblock of F2FS (3072 bytes at 1024 and, once more, at 5120; little endian). */
export interface Superblock {
  /** Of 4096 bytes. */
  readonly blocks: number
  /** First blocks of the areas. */
  readonly checkpointAt: number
  readonly natAt: number
  readonly mainAt: number
  /** Behind the last block that may hold a file. */
  readonly mainEnd: number
  /** Segments of the table of nodes, both copies. */
  readonly natSegments: number
  /** Blocks behind the first one of a checkpoint that go on with its bitmaps. */
  readonly payload: number
  readonly root: number
  readonly features: number
  /** Where the checksums of inodes begin. */
  readonly seed: number
  /** More devices hold parts of it. */
  readonly hasDevices: boolean
  /** Whether its own checksum is right; undefined where it has none. */
  readonly sound: boolean | undefined
  /** Which of the two was read, in bytes. */
  readonly at: number
}

export const BLOCK = 4096
export const PER_SEGMENT = 512
export const MAGIC = '\x10\x20\xf5\xf2'
/** Where the magic stands in an image: of the superblock, and of its copy. */
export const MAGICS_AT = [1024, BLOCK + 1024] as const
export const MAGIC_NUMBER = 0xf2f5_2010
const SIZE = 3072
const CHECKSUM_AT = SIZE - 4
const DEVICES_AT = 2201
const FIRST = { node: 1, meta: 2, root: 3 } as const

export const FEATURE = {
  inodeChecksum: 0x20,
  flexibleXattrs: 0x40,
  superblockChecksum: 0x800,
  compression: 0x2000,
} as const

/** The superblock of the file system that begins at `start`; undefined where the numbers of neither fit together. */
export function readSuperblock(bytes: Bytes, start: number): Superblock | undefined {
  for (const at of MAGICS_AT) {
    const found = readAt(bytes, start, at)
    if (found) return found
  }
  return undefined
}

function readAt(bytes: Bytes, start: number, at: number): Superblock | undefined {
  if (start + at + SIZE > bytes.size) return undefined
  const view = bytes.view(start + at, SIZE)
  const u32 = (offset: number) => new Reader(view, 'little', offset).u32()
  if (u32(0) !== MAGIC_NUMBER) return undefined
  const [logSector, logPerBlock, logBlock, logPerSegment] = [u32(8), u32(12), u32(16), u32(20)]
  if (logBlock !== 12 || logPerSegment !== 9 || logSector < 9 || logSector + logPerBlock !== logBlock)
    return undefined
  const blocks = new Reader(view, 'little', 36).size64()
  const [segments, ckptSegments, sitSegments, natSegments, ssaSegments, mainSegments] = words(view, 48)
  const [segment0, checkpointAt, sitAt, natAt, ssaAt, mainAt, root, node, meta] = words(view, 72)
  const payload = u32(1664)
  const features = u32(2180)
  const mainEnd = mainAt + mainSegments * PER_SEGMENT
  const hasChecksum = (features & FEATURE.superblockChecksum) !== 0
  const fits =
    u32(24) > 0 &&
    u32(28) > 0 &&
    segment0 === checkpointAt &&
    checkpointAt > 0 &&
    ckptSegments >= 2 &&
    natSegments >= 2 &&
    natSegments % 2 === 0 &&
    mainSegments > 0 &&
    sitAt === checkpointAt + ckptSegments * PER_SEGMENT &&
    natAt === sitAt + sitSegments * PER_SEGMENT &&
    ssaAt === natAt + natSegments * PER_SEGMENT &&
    mainAt === ssaAt + ssaSegments * PER_SEGMENT &&
    mainEnd <= segment0 + segments * PER_SEGMENT &&
    mainEnd <= blocks &&
    blocks * BLOCK <= Number.MAX_SAFE_INTEGER &&
    payload < PER_SEGMENT &&
    root === FIRST.root &&
    node === FIRST.node &&
    meta === FIRST.meta
  if (!fits) return undefined
  return {
    blocks,
    checkpointAt,
    natAt,
    mainAt,
    mainEnd,
    natSegments,
    payload,
    root,
    features,
    seed: f2fsSum(view.subarray(108, 124), 0xffff_ffff),
    hasDevices: view[DEVICES_AT] !== 0,
    sound: hasChecksum ? f2fsSum(view.subarray(0, CHECKSUM_AT)) === u32(CHECKSUM_AT) : undefined,
    at,
  }
}

type Words = readonly [number, number, number, number, number, number, number, number, number]

function words(view: Uint8Array, at: number): Words {
  const reader = new Reader(view, 'little', at)
  return Array.from({ length: 9 }, () => reader.u32()) as unknown as Words
}
