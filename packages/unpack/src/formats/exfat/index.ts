import type { ContainerFormat, EntryMeta, Region, Sink } from '../../contract.ts'
import { copiesAgree, Table } from '../fat/table.ts'
import { placeOf } from '../fat/volume.ts'
import { type InodeMember, listInodes } from '../inode-tree.ts'
import { inBatches } from '../members.ts'
import { gathered, Pieces, showPieces } from '../pieces.ts'
import type { ExfatContent } from './directory.ts'
import { chainOf, treeOf } from './tree.ts'
import { type ExfatVolume, isBootWhole, MAGIC, readVolume } from './volume.ts'

export const exfat: ContainerFormat<readonly InodeMember<ExfatContent>[]> = {
  kind: 'container',
  name: 'exfat',
  title: 'exFAT (memory cards)',
  references: ['Microsoft, exFAT file system specification', 'Linux kernel, fs/exfat'],
  limits: [
    'deleted files are not looked for',
    'the bitmap of what is in use is not read, nor the copy of the boot sector',
    'volumes of more than 268 million clusters are not read',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const volume = readVolume(bytes, at)
    return volume && { start: at, end: Math.min(at + volume.length, bytes.size) }
  },

  *open(bytes, region, problem) {
    const volume = readVolume(bytes, region.start) as ExfatVolume
    const there = region.end - region.start
    if (volume.length > there)
      problem('truncated', `${volume.length} bytes are announced, ${there} are there`)
    if (!isBootWhole(bytes, region.start, volume))
      problem('checksum', 'the checksum of the boot sectors differs')
    if (!copiesAgree(bytes, region, volume)) problem('structure', 'the copies of the table differ')
    const members = listInodes(treeOf(bytes, region, volume, problem), problem)
    yield* inBatches(members, ({ file }) => file?.size ?? 0)
  },

  read(bytes, region, plan, sink) {
    const volume = readVolume(bytes, region.start) as ExfatVolume
    const table = new Table(bytes, region, volume)
    for (const { meta, file } of plan) {
      if (file) showFile(region, volume, table, meta, file, sink)
      else sink.entry(meta)
    }
  },
}

function showFile(
  region: Region,
  volume: ExfatVolume,
  table: Table,
  meta: EntryMeta,
  content: ExfatContent,
  sink: Sink,
): void {
  const { trouble, tell } = gathered()
  const { clusterSize } = volume
  const chain = chainOf(volume, table, content, content.valid)
  const pieces = new Pieces(region, content.valid, trouble)
  let at = 0
  for (const { cluster, count } of chain.runs) {
    pieces.add(at, count * clusterSize, region.start + placeOf(volume, cluster))
    at += count * clusterSize
  }
  if (chain.problem) trouble(chain.problem.code, `${chain.problem.message}; the rest is shown as zeros`)
  else if (at < content.valid)
    trouble('structure', 'its chain ends before its content; the rest is shown as zeros')
  showPieces(meta, content.size, pieces.list, sink)
  tell(sink, meta.path)
}
