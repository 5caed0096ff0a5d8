import { type Bytes, Reader } from '@messlatte/bytes'

const CONTAINER = 0x87
const BLOCK = 0x90
const HEADER = 16
const ENTRY = 128
const BLOCK_HEADER = 16
/** Bytes between the beginnings of containers, by their version. */
const STEPS = { 0: 0x400, 2: 0x4000 } as const
/** Where containers are sought: the least of them. */
export const STEP = STEPS[0]
export type AhabVersion = keyof typeof STEPS
const MAX_CONTAINERS = 4
const MAX_IMAGES = 32
const MAX_SIZE = 0x20000000
const HASHES = ['sha256', 'sha384', 'sha512'] as const

/** Bytes from the first container. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

export interface AhabEntry {
  readonly stored: Stretch
  /** Undefined for digests that nothing here makes. */
  readonly hashName: (typeof HASHES)[number] | undefined
  readonly hash: Uint8Array
  readonly encrypted: boolean
}

/** NXP, i.MX 8 and 9 reference manuals, "Image container format", versions 0 and 2. Little endian. */
export interface AhabContainer {
  /** Bytes from the first container. */
  readonly at: number
  readonly length: number
  /** Of version 2 (i.MX 94 and 95) a container may have two tables of root keys, and two signatures. */
  readonly version: AhabVersion
  /** Whose root keys verify it: `none` for an unsigned one. */
  readonly srkSet: 'none' | 'nxp' | 'oem'
  readonly srkIndex: number
  /** Compared with fuses against rollback. */
  readonly fuseVersion: number
  readonly softwareVersion: number
  readonly images: readonly AhabEntry[]
  /** Bytes from the first container; undefined where there is none. */
  readonly certificateAt: number | undefined
  readonly tableAt: number | undefined
  readonly signatureAt: number | undefined
}

export interface Ahab {
  readonly containers: readonly AhabContainer[]
  readonly end: number
}

/** The containers that begin at `start`, or undefined; images may be cut off. */
export function parseAhab(bytes: Bytes, start: number): Ahab | undefined {
  const containers: AhabContainer[] = []
  for (let at = 0; containers.length < MAX_CONTAINERS; ) {
    const container = containerAt(bytes, start, at)
    if (!container) break
    containers.push(container)
    const step = STEPS[container.version]
    at += Math.ceil(container.length / step) * step
  }
  if (containers.length === 0) return undefined
  const ends = containers.flatMap(({ at, length, images }) => [
    at + length,
    ...images.map(({ stored }) => stored.to),
  ])
  return { containers, end: Math.max(...ends) }
}

function containerAt(bytes: Bytes, start: number, at: number): AhabContainer | undefined {
  if (start + at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(start + at, HEADER), 'little')
  const [version, length, tag, flags] = [reader.u8(), reader.u16(), reader.u8(), reader.u32()]
  const [softwareVersion, fuseVersion, count, blockAt] = [
    reader.u16(),
    reader.u8(),
    reader.u8(),
    reader.u16(),
  ]
  if (
    (version !== 0 && version !== 2) ||
    tag !== CONTAINER ||
    reader.u16() !== 0 ||
    count === 0 ||
    count > MAX_IMAGES
  )
    return undefined
  const set = (['none', 'nxp', 'oem'] as const)[flags & 3]
  const entries = HEADER + count * ENTRY
  if (!set || blockAt < entries || blockAt > entries + 8 || blockAt + BLOCK_HEADER > length) return undefined
  if (start + at + length > bytes.size) return undefined
  const block = new Reader(bytes.view(start + at + blockAt, BLOCK_HEADER), 'little')
  const [blockVersion, blockLength, blockTag] = [block.u8(), block.u16(), block.u8()]
  if (blockVersion !== (version === 0 ? 0 : 1) || blockTag !== BLOCK || blockAt + blockLength > length)
    return undefined
  const [certificate, table, signature] = [block.u16(), block.u16(), block.u16()]
  if ([certificate, table, signature].some((one) => one >= blockLength)) return undefined
  const within = (offset: number) => (offset === 0 ? undefined : at + blockAt + offset)
  const images = Array.from({ length: count }, (_, index) =>
    entryAt(bytes.view(start + at + HEADER + index * ENTRY, ENTRY), at, version),
  )
  if (images.some((image) => image === undefined)) return undefined
  return {
    at,
    length,
    version,
    srkSet: set,
    srkIndex: (flags >>> 4) & 3,
    fuseVersion,
    softwareVersion,
    images: images.filter(
      (image) => image !== undefined && image.stored.to > image.stored.from,
    ) as AhabEntry[],
    certificateAt: within(certificate),
    tableAt: within(table),
    signatureAt: within(signature),
  }
}

function entryAt(entry: Uint8Array, at: number, version: AhabVersion): AhabEntry | undefined {
  const reader = new Reader(entry, 'little')
  const [offset, size] = [reader.u32(), reader.u32()]
  if (offset > MAX_SIZE || size > MAX_SIZE) return undefined
  reader.skip(16)
  const flags = reader.u32()
  reader.skip(4)
  return {
    stored: { from: at + offset, to: at + offset + size },
    hashName: HASHES[(flags >>> 8) & (version === 0 ? 7 : 15)],
    hash: reader.take(64).slice(),
    encrypted: ((flags >>> (version === 0 ? 11 : 12)) & 1) === 1,
  }
}
