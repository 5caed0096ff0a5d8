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
const SUFFIX = /\.(?:img|bin|raw|simg|ext4|squashfs|erofs)$/i
/** Bytes: less holds nothing that starts. */
const LEAST = 512

/** What may be a partition: kept where it lies in a file, so that keeping it costs no memory. */
export function partitionOf(artefact: Artefact): PartitionFact | undefined {
  const { root, name, type, bytes, inner } = artefact
  if (type !== 'file' || inner.includes('/') || bytes.size < LEAST) return undefined
  const wrapped = WRAPPER.exec(root)?.[1]
  if (wrapped === undefined && !isOfRelease(root) && !DISKS.test(root)) return undefined
  return { ...partitionName(wrapped ?? name), size: bytes.size }
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
