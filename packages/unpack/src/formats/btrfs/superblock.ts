import { createHash } from 'node:crypto'
import { type Bytes, Reader } from '@messlatte/bytes'
import { crc32c } from '../crc32c.ts'

/** What stands in the superblock of btrfs (4096 bytes at 65536; little endian). */
export interface Superblock {
  /** Bytes of the device that it stands on. */
  readonly length: number
  /** Logical address of the tree of trees, of that of chunks, and of the log; 0 where there is none. */
  readonly root: number
  readonly rootLevel: number
  readonly chunkRoot: number
  readonly chunkRootLevel: number
  readonly log: number
  /** Bytes. */
  readonly sectorSize: number
  readonly nodeSize: number
  /** Where the tree of chunks lies: a list of keys and chunks. */
  readonly systemChunks: Uint8Array
  readonly sumType: number
  readonly incompat: number
  readonly devices: number
  readonly device: number
  /** What each node has to carry. */
  readonly id: Uint8Array
  /** Whether its own checksum is right; undefined where it is of a kind that is not compared. */
  readonly sound: boolean | undefined
}

export const MAGIC = '_BHRfS_M'
export const SUPERBLOCK_AT = 65_536
export const MAGIC_AT = SUPERBLOCK_AT + 64
const SIZE = 4096
const SYSTEM_AT = 811
const MOST_SYSTEM = 2048
/** The identity that nodes carry stands apart from the one that people see. */
const METADATA_ID = 0x400
const DEEPEST = 7

/** The superblock of the file system that begins at `start`; undefined where its numbers do not fit together. */
export function readSuperblock(bytes: Bytes, start: number): Superblock | undefined {
  if (start + SUPERBLOCK_AT + SIZE > bytes.size) return undefined
  const view = bytes.view(start + SUPERBLOCK_AT, SIZE)
  const u64 = (at: number) => new Reader(view, 'little', at).size64()
  const u32 = (at: number) => new Reader(view, 'little', at).u32()
  const [sectorSize, nodeSize, systemSize] = [u32(144), u32(148), u32(160)]
  const sumType = new Reader(view, 'little', 196).u16()
  const [rootLevel = 0, chunkRootLevel = 0] = view.subarray(198, 200)
  const incompat = u64(188)
  const idAt = (incompat & METADATA_ID) !== 0 ? 571 : 32
  const superblock: Superblock = {
    length: u64(209),
    root: u64(80),
    rootLevel,
    chunkRoot: u64(88),
    chunkRootLevel,
    log: u64(96),
    sectorSize,
    nodeSize,
    systemChunks: view.subarray(SYSTEM_AT, SYSTEM_AT + Math.min(systemSize, MOST_SYSTEM)),
    sumType,
    incompat,
    devices: u64(136),
    device: u64(201),
    id: view.subarray(idAt, idAt + 16),
    sound: isSound(view, sumType),
  }
  const fits =
    new Reader(view, 'little', 64).latin1(MAGIC.length) === MAGIC &&
    u64(48) === SUPERBLOCK_AT &&
    isPowerOfTwo(sectorSize, 512, 65_536) &&
    isPowerOfTwo(nodeSize, sectorSize, 65_536) &&
    systemSize <= MOST_SYSTEM &&
    rootLevel <= DEEPEST &&
    chunkRootLevel <= DEEPEST &&
    superblock.devices > 0 &&
    superblock.length > SUPERBLOCK_AT + SIZE &&
    superblock.length <= Number.MAX_SAFE_INTEGER
  return fits ? superblock : undefined
}

function isPowerOfTwo(value: number, least: number, most: number): boolean {
  return value >= least && value <= most && (value & (value - 1)) === 0
}

const SUM_TYPE = { crc32c: 0, sha256: 2 } as const
const SUM_SIZE = 32

/** Whether the checksum in front of a superblock or node is right; undefined where it is of another kind. */
export function isSound(view: Uint8Array, sumType: number): boolean | undefined {
  const rest = view.subarray(SUM_SIZE)
  switch (sumType) {
    case SUM_TYPE.crc32c:
      return ~crc32c(rest) >>> 0 === new Reader(view, 'little').u32()
    case SUM_TYPE.sha256:
      return createHash('sha256').update(rest).digest().equals(view.subarray(0, SUM_SIZE))
    default:
      return undefined
  }
}
