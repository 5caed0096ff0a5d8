import { type Bytes, BytesError } from '@messlatte/bytes'
import type { EntryMeta, Region, Sink } from '../../contract.ts'
import { type Chain, Table } from '../fat/table.ts'
import { isCluster, placeOf } from '../fat/volume.ts'
import type { InodeName, InodeTree } from '../inode-tree.ts'
import { ENTRY, type ExfatContent, type ExfatRecord, recordAt } from './directory.ts'
import type { ExfatVolume } from './volume.ts'

/** No directory is read further, in bytes. */
const MOST_DIRECTORY = 16 * 1024 * 1024
const ROOT = 0

/** The clusters of a content, whether the table tells them or they lie one behind the other. */
export function chainOf(volume: ExfatVolume, table: Table, content: ExfatContent, bytes: number): Chain {
  const most = Math.min(Math.ceil(bytes / volume.clusterSize), volume.clusters)
  if (most === 0) return { runs: [], clusters: 0 }
  const { cluster, contiguous } = content
  if (!contiguous) return table.chain(cluster, most)
  if (isCluster(volume, cluster) && isCluster(volume, cluster + most - 1))
    return { runs: [{ cluster, count: most }], clusters: most }
  const problem = { code: 'structure', message: `it lies in clusters from ${cluster} on` } as const
  return { runs: [], clusters: 0, problem }
}

/**
 * The tree of names. No file has a number here: each record is known by where it was met, which leads to it as long as the tree
 * is being listed.
 */
export function treeOf(
  bytes: Bytes,
  region: Region,
  volume: ExfatVolume,
  problem: Sink['problem'],
): InodeTree<ExfatContent> {
  const table = new Table(bytes, region, volume)
  const records = new Map<number, ExfatRecord>()
  const taken = new Set<number>()
  // The root's size stands nowhere: it goes as far as its chain.
  const root = { cluster: volume.rootCluster, size: MOST_DIRECTORY, valid: MOST_DIRECTORY, contiguous: false }

  function within(directory: number, path: string): readonly InodeName[] {
    const names: InodeName[] = []
    const content = directory === ROOT ? root : (records.get(directory) as ExfatRecord)
    const view = read(content, path)
    for (let at = 0; at + ENTRY <= view.length; ) {
      const found = recordAt(view, at)
      if (found === 'end') break
      at += found.length
      const { record } = found
      if (!record) continue
      const inode = records.size + 1
      records.set(inode, record)
      names.push({ name: record.name, inode, isDirectory: record.isDirectory })
    }
    return names
  }

  /** Cluster by cluster, up to the end of the directory; none is read twice. */
  function read(content: ExfatContent, path: string): Uint8Array {
    const chain = chainOf(volume, table, content, Math.min(content.size, MOST_DIRECTORY))
    const parts: Uint8Array[] = []
    for (const { cluster, count } of chain.runs) {
      for (let index = 0; index < count; index++) {
        if (taken.has(cluster + index)) {
          problem('loop', 'a cluster that was read before', path)
          return Buffer.concat(parts)
        }
        taken.add(cluster + index)
        const part = clusterAt(cluster + index)
        if (!part) {
          problem('truncated', 'the image ends within this directory', path)
          return Buffer.concat(parts)
        }
        parts.push(part)
        if (endsWithin(part)) return Buffer.concat(parts)
      }
    }
    if (chain.problem) problem(chain.problem.code, chain.problem.message, path)
    return Buffer.concat(parts)
  }

  function clusterAt(cluster: number): Uint8Array | undefined {
    const at = region.start + placeOf(volume, cluster)
    const length = Math.min(volume.clusterSize, MOST_DIRECTORY)
    if (at + length > region.end) return undefined
    try {
      return bytes.view(at, length)
    } catch (error) {
      if (error instanceof BytesError) return undefined
      throw error
    }
  }

  return {
    root: ROOT,
    describe(inode, path) {
      const record = records.get(inode)
      if (record && !record.whole) problem('checksum', 'the checksum over its entries differs', path)
      return record && metaOf(record, path)
    },
    within,
    content: (inode) => {
      const { cluster, size, valid, contiguous } = records.get(inode) as ExfatRecord
      return { cluster, size, valid, contiguous }
    },
    *parents() {},
  }
}

function endsWithin(part: Uint8Array): boolean {
  for (let at = 0; at < part.length; at += ENTRY) if (part[at] === 0) return true
  return false
}

/** No owner is told, and of the rights nothing that Linux would not make up when it mounts. */
function metaOf({ isDirectory, mtime }: ExfatRecord, path: string): EntryMeta {
  return {
    path,
    type: isDirectory ? 'directory' : 'file',
    ...(mtime === undefined ? {} : { mtime }),
  }
}
