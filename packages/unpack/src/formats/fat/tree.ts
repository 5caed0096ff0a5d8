import { type Bytes, BytesError } from '@messlatte/bytes'
import type { EntryMeta, Region, Sink } from '../../contract.ts'
import { DirectoryReader, type DirectoryRecord } from './directory.ts'
import { Table } from './table.ts'
import { ENTRY, type FatVolume, placeOf } from './volume.ts'

/** A member; a file has its first cluster and its size in bytes. */
export interface FatMember {
  readonly meta: EntryMeta
  readonly file?: { readonly cluster: number; readonly size: number }
}

interface Directory {
  readonly path: string
  /** 0 for the root of FAT12 and FAT16. */
  readonly cluster: number
}

/** No directory may hold more, in bytes. */
const MOST_DIRECTORY = 65_536 * ENTRY
/** No real path is longer; a loop of directories would make them grow for ever. */
const MOST_PATH = 16_384

/** Lists the tree from its root. */
export function* listTree(
  bytes: Bytes,
  region: Region,
  volume: FatVolume,
  problem: Sink['problem'],
): Generator<FatMember> {
  const table = new Table(bytes, region, volume)
  const seen = new Set<number>()
  const taken = new Set<number>()
  const pending: Directory[] = [{ path: '', cluster: volume.rootCluster }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { path, cluster } = next
    if (seen.has(cluster) || path.length > MOST_PATH) {
      problem('loop', 'a directory that was seen before', path)
      continue
    }
    seen.add(cluster)
    const within: Directory[] = []
    for (const record of recordsOf(bytes, region, volume, table, next, taken, problem)) {
      if (record.kind === 'label' || record.name === '.' || record.name === '..') continue
      if (isUnusable(record.name)) {
        problem('name', 'a name that no file may have', path)
        continue
      }
      const meta = metaOf(record, path === '' ? record.name : `${path}/${record.name}`)
      if (record.kind === 'directory') within.push({ path: meta.path, cluster: record.cluster })
      yield record.kind === 'directory'
        ? { meta }
        : { meta, file: { cluster: record.cluster, size: record.size } }
    }
    pending.push(...within.reverse())
  }
}

/** The name that the root directory gives to the volume (byte string). */
export function volumeLabel(bytes: Bytes, region: Region, volume: FatVolume): string | undefined {
  const table = new Table(bytes, region, volume)
  const root = { path: '', cluster: volume.rootCluster }
  for (const record of recordsOf(bytes, region, volume, table, root, new Set(), () => {})) {
    if (record.kind === 'label') return record.name
  }
  return undefined
}

function* recordsOf(
  bytes: Bytes,
  { start, end }: Region,
  volume: FatVolume,
  table: Table,
  { path, cluster }: Directory,
  taken: Set<number>,
  problem: Sink['problem'],
): Generator<DirectoryRecord> {
  const reader = new DirectoryReader()
  for (const part of partsOf(volume, table, cluster, path, taken, problem)) {
    const there = Math.min(part.length, end - start - part.at)
    const view = there >= ENTRY ? viewOf(bytes, start + part.at, there) : new Uint8Array(0)
    for (let at = 0; at + ENTRY <= view.length; at += ENTRY) {
      const record = reader.next(view, at, volume.bits === 32)
      if (record === 'end') return
      if (record) yield record
    }
    if (view.length < part.length) return problem('truncated', 'the image ends within this directory', path)
  }
}

/** Where a directory lies, from the start of the volume. */
function* partsOf(
  volume: FatVolume,
  table: Table,
  cluster: number,
  path: string,
  taken: Set<number>,
  problem: Sink['problem'],
): Generator<{ readonly at: number; readonly length: number }> {
  if (cluster === 0) return yield { at: volume.rootAt, length: volume.rootEntries * ENTRY }
  const { clusterSize } = volume
  const chain = table.chain(cluster, Math.ceil(MOST_DIRECTORY / clusterSize))
  for (const run of chain.runs) {
    for (let i = 0; i < run.count; i++) {
      // A chain that is a loop, or that runs into another directory's.
      if (taken.has(run.cluster + i)) return problem('loop', 'a cluster that was read before', path)
      taken.add(run.cluster + i)
      yield { at: placeOf(volume, run.cluster + i), length: clusterSize }
    }
  }
  if (chain.problem) problem(chain.problem.code, chain.problem.message, path)
}

function viewOf(bytes: Bytes, at: number, length: number): Uint8Array {
  try {
    return bytes.view(at, length)
  } catch (error) {
    if (error instanceof BytesError) return new Uint8Array(0)
    throw error
  }
}

/** No owner is told, and of the rights nothing that Linux would not make up when it mounts. */
function metaOf({ kind, mtime }: DirectoryRecord, path: string): EntryMeta {
  return {
    path,
    type: kind === 'directory' ? 'directory' : 'file',
    ...(mtime === undefined ? {} : { mtime }),
  }
}

function isUnusable(name: string): boolean {
  return name === '' || name.includes('/') || name.includes('\0')
}
