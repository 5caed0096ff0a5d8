import type { Artefact } from '../../contract.ts'

/** A file, or a partition of a disk, that may hold what a signature elsewhere speaks of; its bytes are kept for asks. */
export interface PartitionFact {
  /** As tables and build systems call it, without suffix: `boot`, `system`. */
  readonly name: string
  /** Of A/B systems. */
  readonly slot: 'a' | 'b' | undefined
  /** Bytes. */
  readonly size: number
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.partition': PartitionFact
  }
}

/** Names of files that lie right in what holds them. */
export const TOP_LEVEL = /^[^/]+$/
/** What holds partitions, beside the release itself. */
const DISKS = /:(?:gpt|mbr|android-super|rauc-bundle)$/
/** What wraps one. */
const WRAPPER = /^(.*)@0x[0-9a-f]+:android-sparse$/
/** Images in an archive have to be unpacked to be kept: those that boot loaders read whole, of the size that these have. */
const ARCHIVE = /:zip$/
const IN_ARCHIVE =
  /^(?:boot|init_boot|vendor_boot|vendor_kernel_boot|recovery|dtbo|pvmfw|vbmeta(?:_system|_vendor)?)(?:_[ab])?\.img$/
const MOST_IN_ARCHIVE = 96 * 1024 * 1024
const SUFFIX = /\.(?:img|bin|raw|simg|ext4|squashfs|erofs)$/i
/** Bytes: less holds nothing that starts. */
const LEAST = 512

/** What may be a partition: kept where it lies in a file, so that keeping it costs no memory; in an archive only a few are. */
export function partitionOf(artefact: Artefact): PartitionFact | undefined {
  const { root, name, type, bytes, inner } = artefact
  if (type !== 'file' || inner.includes('/') || bytes.size < LEAST) return undefined
  const wrapped = WRAPPER.exec(root)?.[1]
  const isKept = wrapped !== undefined || isOfRelease(root) || DISKS.test(root) || isOfArchive(artefact)
  if (!isKept) return undefined
  return { ...partitionName(wrapped ?? name), size: bytes.size }
}

/** Factory images: a zip of what is written to each partition. */
function isOfArchive({ root, inner, bytes }: Artefact): boolean {
  return ARCHIVE.test(root) && IN_ARCHIVE.test(inner) && bytes.size <= MOST_IN_ARCHIVE
}

function isOfRelease(root: string): boolean {
  return !root.includes('@0x')
}

/** The name of a partition, from that of a file or of an entry in a table. */
export function partitionName(file: string): Pick<PartitionFact, 'name' | 'slot'> {
  const plain = file.slice(file.lastIndexOf('/') + 1).replace(SUFFIX, '')
  const slot = /^(.+)_([ab])$/.exec(plain)
  return slot ? { name: slot[1] as string, slot: slot[2] as 'a' | 'b' } : { name: plain, slot: undefined }
}
