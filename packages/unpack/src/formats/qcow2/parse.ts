import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { encodePath } from '../../names.ts'

export const MAGIC = 'QFI\xfb'
const [HEADER_2, HEADER_3, COMPRESSION_AT] = [72, 104, 104] as const
const MOST_HEADER = 4096
const [LEAST_BITS, MOST_BITS] = [9, 21] as const
/** A table of 32 MiB, as QEMU has it. */
const MOST_L1 = 4 * 1024 * 1024
const MOST_SNAPSHOTS = 65_536
const MOST_NAME = 1023
const LUKS_POINTER = 0x0537_be77
/** Features without which a file must not be read. */
const [DIRTY, EXTERNAL, EXTENDED] = [1, 4, 16] as const
const KNOWN_FEATURES = 0x1f

/** Offsets are from the start of the image, as all of the format; big endian. */
export interface Qcow2 {
  readonly version: 2 | 3
  /** Bytes of the disk, and of a cluster. */
  readonly size: number
  readonly cluster: number
  readonly clusterBits: number
  readonly l1: L1Table
  readonly refcounts: { readonly at: number; readonly clusters: number; readonly bits: number }
  readonly snapshots: { readonly at: number; readonly count: number }
  readonly codec: 'deflate' | 'zstd' | undefined
  /** Name (escaped) of the file where all lies that is not in this one. */
  readonly backing: string | undefined
  readonly encryption: 'none' | 'AES' | 'LUKS'
  readonly luks: { readonly at: number; readonly length: number } | undefined
  readonly isDirty: boolean
  readonly isExternal: boolean
  readonly hasSubclusters: boolean
  readonly unknownFeatures: number
}

export interface L1Table {
  readonly at: number
  readonly entries: number
}

/** The header at `start`; undefined for what is none. @throws BytesError */
export function parseQcow2(bytes: Bytes, start: number): Qcow2 | undefined {
  const reader = new Reader(bytes.view(start, HEADER_2), 'big')
  if (latin1(reader.take(4)) !== MAGIC) return undefined
  const version = reader.u32()
  if (version !== 2 && version !== 3) return undefined
  const [backingAt, backingLength, clusterBits, size] = [
    reader.size64(),
    reader.u32(),
    reader.u32(),
    reader.size64(),
  ]
  const [crypt, entries, l1At, refcountsAt, refcountClusters] = [
    reader.u32(),
    reader.u32(),
    reader.size64(),
    reader.size64(),
    reader.u32(),
  ]
  const snapshots = { count: reader.u32(), at: reader.size64() }
  if (clusterBits < LEAST_BITS || clusterBits > MOST_BITS || crypt > 2 || entries > MOST_L1) return undefined
  const cluster = 2 ** clusterBits
  if (!Number.isFinite(size) || snapshots.count > MOST_SNAPSHOTS || backingLength > MOST_NAME)
    return undefined
  if (refcountsAt === 0 || [l1At, refcountsAt, snapshots.at].some((at) => at % cluster !== 0))
    return undefined
  const more = version === 3 ? moreOf(bytes, start) : OLD
  if (!more) return undefined
  const { features, order, length, compression } = more
  const hasSubclusters = (features & EXTENDED) !== 0
  if (hasSubclusters && clusterBits < 14) return undefined
  return {
    version,
    size,
    cluster,
    clusterBits,
    l1: { at: l1At, entries },
    refcounts: { at: refcountsAt, clusters: refcountClusters, bits: 1 << order },
    snapshots,
    codec: compression === 0 ? 'deflate' : compression === 1 ? 'zstd' : undefined,
    backing: backingAt > 0 ? encodePath(latin1(bytes.view(start + backingAt, backingLength))) : undefined,
    encryption: (['none', 'AES', 'LUKS'] as const)[crypt] ?? 'none',
    luks: crypt === 2 ? luksOf(bytes, start, length, cluster) : undefined,
    isDirty: (features & DIRTY) !== 0,
    isExternal: (features & EXTERNAL) !== 0,
    hasSubclusters,
    unknownFeatures: features > KNOWN_FEATURES ? features : 0,
  }
}

interface More {
  readonly features: number
  readonly order: number
  readonly length: number
  readonly compression: number
}

const OLD: More = { features: 0, order: 4, length: HEADER_2, compression: 0 }

function moreOf(bytes: Bytes, start: number): More | undefined {
  const reader = new Reader(bytes.view(start, HEADER_3), 'big', HEADER_2)
  const features = reader.size64()
  reader.skip(16)
  const [order, length] = [reader.u32(), reader.u32()]
  if (order > 6 || length < HEADER_3 || length > MOST_HEADER || length % 8 !== 0) return undefined
  const compression = length > COMPRESSION_AT ? (bytes.view(start + COMPRESSION_AT, 1)[0] as number) : 0
  return { features, order, length, compression }
}

/** Extensions follow the header: a number and a length each, padded to eight bytes; the number 0 ends them. */
function luksOf(bytes: Bytes, start: number, header: number, cluster: number): Qcow2['luks'] {
  for (let at = header; at + 24 <= cluster && start + at + 24 <= bytes.size; ) {
    const reader = new Reader(bytes.view(start + at, 24), 'big')
    const [type, length] = [reader.u32(), reader.u32()]
    if (type === 0) return undefined
    if (type === LUKS_POINTER && length === 16) return { at: reader.size64(), length: reader.size64() }
    at += 8 + Math.ceil(length / 8) * 8
  }
  return undefined
}

export interface Snapshot {
  readonly name: string
  /** Bytes of the disk as it was then. */
  readonly size: number
  readonly l1: L1Table
}

const SNAPSHOT = 40

/** As far as the bytes go. */
export function* snapshotsOf(bytes: Bytes, start: number, image: Qcow2): Generator<Snapshot> {
  let { at } = image.snapshots
  for (let count = 0; count < image.snapshots.count && start + at + SNAPSHOT <= bytes.size; count++) {
    const reader = new Reader(bytes.view(start + at, SNAPSHOT), 'big')
    const [l1At, entries, idLength, nameLength] = [reader.size64(), reader.u32(), reader.u16(), reader.u16()]
    reader.skip(20)
    const extra = reader.u32()
    const length = SNAPSHOT + extra + idLength + nameLength
    if (extra > 1024 || start + at + length > bytes.size || entries > MOST_L1) return
    const rest = new Reader(bytes.view(start + at, length), 'big', SNAPSHOT)
    const size = extra >= 16 ? new Reader(rest.take(extra).subarray(8), 'big').size64() : image.size
    if (extra < 16) rest.skip(extra)
    rest.skip(idLength)
    yield { name: latin1(rest.take(nameLength)), size, l1: { at: l1At, entries } }
    at += Math.ceil(length / 8) * 8
  }
}
