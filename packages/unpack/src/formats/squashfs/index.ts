import type { Bytes } from '@messlatte/bytes'
import {
  type Batch,
  type ContainerFormat,
  type EntryMeta,
  FormatError,
  type Region,
  type Sink,
} from '../../contract.ts'
import { parseRaucBundle } from '../rauc-bundle/parse.ts'
import { blockReader, type Codec, decompressorOf, storedSize } from './compression.ts'
import { detectCodec } from './detect.ts'
import { MAGIC_TEXTS, readSuperblock } from './recognise.ts'
import type { Superblock } from './superblock.ts'
import { listTree, type PlannedFile } from './tree.ts'

/** Files that share a fragment: it is decompressed once, for all of them. */
interface Group {
  readonly fragment: { readonly start: number; readonly sizeWord: number } | undefined
  readonly files: readonly PlannedFile[]
}

interface GroupPlan {
  readonly codec: Codec
  readonly groups: readonly Group[]
}

export type SquashfsPlan = { readonly entries: readonly EntryMeta[] } | GroupPlan

/** Bytes out that make a batch worth the way to another thread. */
const BATCH_COST = 2 * 1024 * 1024
const ENTRIES_PER_BATCH = 2_000

export const squashfs: ContainerFormat<SquashfsPlan> = {
  kind: 'container',
  name: 'squashfs',
  title: 'SquashFS 1 to 4, both byte orders (gzip, lzma, lzo, xz, lz4, zstd, the LZMA of vendors)',
  references: [
    'Linux kernel, Documentation/filesystems/squashfs.rst',
    'squashfs-tools 4.x, squashfs_fs.h and squashfs_compat.h',
  ],
  limits: [
    'of the big-endian 4.0 two layouts are read: the plain one, and that of AVM, whose sizes of metadata are little-endian',
    'the export table is not used',
  ],
  magic: MAGIC_TEXTS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    if (superblock && parseRaucBundle(bytes, at)) return undefined
    return superblock && { start: at, end: Math.min(at + superblock.bytesUsed, bytes.size) }
  },

  *open(bytes, region, problem) {
    const superblock = readSuperblock(bytes, region.start) as Superblock
    if (region.start + superblock.bytesUsed > bytes.size) {
      problem('truncated', `${superblock.bytesUsed} bytes are used, ${bytes.size - region.start} are there`)
    }
    const codec = detectCodec(bytes, region.start, superblock)
    const tree = listTree(bytes, region.start, superblock, codec, problem)
    for (let at = 0; at < tree.entries.length; at += ENTRIES_PER_BATCH) {
      const entries = tree.entries.slice(at, at + ENTRIES_PER_BATCH)
      yield { cost: 0, entries: entries.length, plan: { entries } }
    }
    yield* batches(codec, groupByFragment(tree.files))
  },

  read(bytes, region, plan, sink) {
    if ('entries' in plan) for (const entry of plan.entries) sink.entry(entry)
    else readGroups(bytes, region, plan, sink)
  },
}

function groupByFragment(files: readonly PlannedFile[]): readonly Group[] {
  const shared = new Map<number, PlannedFile[]>()
  const groups: Group[] = []
  for (const file of files) {
    if (!file.fragment) {
      groups.push({ fragment: undefined, files: [file] })
      continue
    }
    const group = shared.get(file.fragment.start)
    if (group) {
      group.push(file)
    } else {
      const fresh = [file]
      shared.set(file.fragment.start, fresh)
      groups.push({ fragment: file.fragment, files: fresh })
    }
  }
  return groups.sort((a, b) => positionOf(a) - positionOf(b))
}

/** Groups are read in the order in which they lie on disk. */
function positionOf(group: Group): number {
  return group.fragment?.start ?? (group.files[0] as PlannedFile).start
}

function* batches(codec: Codec, groups: readonly Group[]): Generator<Batch<SquashfsPlan>> {
  let batch: Group[] = []
  let cost = 0
  let entries = 0
  for (const group of groups) {
    batch.push(group)
    entries += group.files.length
    for (const file of group.files) cost += file.size
    if (cost >= BATCH_COST) {
      yield { cost, entries, plan: { codec, groups: batch } }
      batch = []
      cost = 0
      entries = 0
    }
  }
  if (batch.length > 0) yield { cost, entries, plan: { codec, groups: batch } }
}

function readGroups(bytes: Bytes, region: Region, { codec, groups }: GroupPlan, sink: Sink): void {
  const superblock = readSuperblock(bytes, region.start) as Superblock
  const readBlock = blockReader(bytes, region.start, decompressorOf(codec))
  const fragment = new Uint8Array(superblock.blockSize)
  for (const group of groups) {
    let length: number | undefined
    const fragmentBytes = (): Uint8Array => {
      length ??= group.fragment ? readBlock(group.fragment, fragment) : 0
      return fragment.subarray(0, length)
    }
    for (const file of group.files) {
      sink.file(file.meta, file.size, (out) => {
        let at = 0
        let from = file.start
        for (const sizeWord of file.sizeWords) {
          const part = out.subarray(at, Math.min(at + superblock.blockSize, out.length))
          // A size of zero is a block of zeros that is not stored.
          if (sizeWord !== 0) expectWhole(readBlock({ start: from, sizeWord }, part), part.length, from)
          from += storedSize(sizeWord)
          at += part.length
        }
        if (at < out.length) {
          const tail = fragmentBytes().subarray(file.fragmentOffset, file.fragmentOffset + out.length - at)
          expectWhole(tail.length, out.length - at, group.fragment?.start ?? 0)
          out.set(tail, at)
        }
      })
    }
  }
}

function expectWhole(got: number, wanted: number, at: number): void {
  if (got !== wanted)
    throw new FormatError('structure', `the block at ${at} holds ${got} bytes instead of ${wanted}`)
}
