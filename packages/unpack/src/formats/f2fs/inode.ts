import { Reader } from '@messlatte/bytes'
import { f2fsSum } from './sum.ts'
import { BLOCK, FEATURE } from './superblock.ts'
import type { Volume } from './volume.ts'

export interface Inode {
  readonly number: number
  /** Unix mode with its type bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes. */
  readonly size: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** Bits of `INLINE`, `ADVICE` and `FLAG`. */
  readonly inline: number
  readonly advice: number
  readonly flags: number
  /** Addresses of blocks that stand in the inode, or what stands there instead of them. */
  readonly map: Uint8Array
  /** Nodes that go on with them: two direct, two indirect, one doubly indirect. */
  readonly nodes: readonly number[]
  /** Attributes in the inode, and the node with the rest of them; 0 where there is none. */
  readonly attributes: Uint8Array
  readonly attributesNode: number
  /** Undefined where the content is not compressed. */
  readonly compression: Compression | undefined
  /** Whether its own checksum is right; undefined where it has none. */
  readonly sound: boolean | undefined
}

export interface Compression {
  readonly algorithm: number
  /** Blocks that are compressed together. */
  readonly cluster: number
  readonly hasChecksums: boolean
}

export const INLINE = { xattrs: 0x1, data: 0x2, names: 0x4, extra: 0x20 } as const
export const ADVICE = { encrypted: 0x4, encryptedName: 0x8 } as const
const FLAG_COMPRESSED = 0x4
const MAP_AT = 360
const MAP_END = 4052
const NODES = 5
/** Words of attributes where the inode does not say how many. */
const USUAL_XATTRS = 50
const EXTRA = { xattrWords: 2, checksum: 8, compression: 32, end: 36 } as const
const LARGEST_CLUSTER_LOG = 8

/** @throws FormatError, BytesError */
export function readInode(volume: Volume, number: number): Inode {
  const view = volume.node(number, number)
  const u32 = (at: number) => new Reader(view, 'little', at).u32()
  const mode = new Reader(view, 'little').u16()
  const [advice, inline] = [view[2] as number, view[3] as number]
  const flags = u32(80)
  const extraSize = (inline & INLINE.extra) !== 0 ? new Reader(view, 'little', MAP_AT).u16() : 0
  const mapAt = MAP_AT + Math.min(extraSize & ~3, MAP_END - MAP_AT)
  const xattrWords = wordsOfAttributes(volume, view, inline, extraSize)
  const attributesAt = Math.max(mapAt, MAP_END - 4 * xattrWords)
  return {
    number,
    mode,
    uid: u32(4),
    gid: u32(8),
    size: new Reader(view, 'little', 16).size64(),
    mtime: Number(BigInt.asIntN(64, new Reader(view, 'little', 48).u64())),
    inline,
    advice,
    flags,
    map: view.subarray(mapAt, attributesAt),
    nodes: Array.from({ length: NODES }, (_, index) => u32(MAP_END + 4 * index)),
    attributes: view.subarray(attributesAt, MAP_END),
    attributesNode: u32(76),
    compression: compressionOf(volume, view, flags, extraSize),
    sound: soundnessOf(volume, view, number, extraSize),
  }
}

function wordsOfAttributes(volume: Volume, view: Uint8Array, inline: number, extraSize: number): number {
  if ((volume.superblock.features & FEATURE.flexibleXattrs) !== 0 && extraSize >= EXTRA.xattrWords + 2)
    return new Reader(view, 'little', MAP_AT + EXTRA.xattrWords).u16()
  return (inline & (INLINE.xattrs | INLINE.names)) !== 0 ? USUAL_XATTRS : 0
}

function compressionOf(
  volume: Volume,
  view: Uint8Array,
  flags: number,
  extraSize: number,
): Compression | undefined {
  const isRegular = (new Reader(view, 'little').u16() & 0o170000) === 0o100000
  const has = (volume.superblock.features & FEATURE.compression) !== 0 && extraSize >= EXTRA.end
  if (!has || !isRegular || (flags & FLAG_COMPRESSED) === 0) return undefined
  const at = MAP_AT + EXTRA.compression
  const log = Math.min(view[at + 1] as number, LARGEST_CLUSTER_LOG)
  return {
    algorithm: view[at] as number,
    cluster: 2 ** log,
    hasChecksums: ((view[at + 2] as number) & 1) !== 0,
  }
}

/** Over the inode's number, its generation, and the block with zeros for the checksum. */
function soundnessOf(
  volume: Volume,
  view: Uint8Array,
  number: number,
  extraSize: number,
): boolean | undefined {
  if ((volume.superblock.features & FEATURE.inodeChecksum) === 0 || extraSize < EXTRA.checksum + 4)
    return undefined
  const own = f2fsSum(new Uint8Array(Uint32Array.of(number).buffer), volume.superblock.seed)
  const at = MAP_AT + EXTRA.checksum
  const head = f2fsSum(view.subarray(0, at), f2fsSum(view.subarray(68, 72), own))
  const sum = f2fsSum(view.subarray(at + 4, BLOCK), f2fsSum(new Uint8Array(4), head))
  return sum === new Reader(view, 'little', at).u32()
}
