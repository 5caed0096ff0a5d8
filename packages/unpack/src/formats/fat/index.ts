import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { copyStretch, inBatches } from '../members.ts'
import { type Chain, copiesAgree, Table } from './table.ts'
import { type FatMember, listTree } from './tree.ts'
import { type FatVolume, placeOf, readVolume } from './volume.ts'

export const fat: ContainerFormat<readonly FatMember[]> = {
  kind: 'container',
  name: 'fat',
  title: 'FAT12, FAT16 and FAT32, with long names',
  references: [
    'Microsoft, FAT: General Overview of On-Disk Format 1.03 (fatgen103)',
    'ECMA-107, Volume and File Structure of Disk Cartridges',
  ],
  limits: [
    'a volume whose boot sector does not name its type (FAT12, FAT16, FAT32 or FAT) is not found',
    'deleted files are not looked for',
    'fatfsgen of ESP-IDF (5.x) places clusters of several sectors as if they had one: such images are read as the device reads them, wrongly',
    'times are taken for UTC, and short names stay in their code page',
  ],
  magic: [
    { bytes: 'FAT12   ', at: 54 },
    { bytes: 'FAT16   ', at: 54 },
    { bytes: 'FAT     ', at: 54 },
    { bytes: 'FAT32   ', at: 82 },
  ],
  carve: true,

  recognise(bytes, at) {
    const volume = readVolume(bytes, at)
    return volume && { start: at, end: Math.min(at + volume.length, bytes.size) }
  },

  *open(bytes, region, problem) {
    const volume = readVolume(bytes, region.start) as FatVolume
    const there = region.end - region.start
    if (volume.length > there)
      problem('truncated', `${volume.length} bytes are announced, ${there} are there`)
    if (!copiesAgree(bytes, region, volume)) problem('structure', 'the copies of the table differ')
    yield* inBatches(listTree(bytes, region, volume, problem), ({ file }) => file?.size ?? 0)
  },

  read(bytes, region, plan, sink) {
    const volume = readVolume(bytes, region.start) as FatVolume
    const table = new Table(bytes, region, volume)
    for (const member of plan) {
      if (member.file) showFile(bytes, region, volume, table, member as Required<FatMember>, sink)
      else sink.entry(member.meta)
    }
  },
}

function showFile(
  bytes: Bytes,
  region: Region,
  volume: FatVolume,
  table: Table,
  { meta, file: { cluster, size } }: Required<FatMember>,
  sink: Sink,
): void {
  const most = Math.ceil(size / volume.clusterSize)
  const chain = size === 0 ? { runs: [], clusters: 0 } : table.chain(cluster, most)
  if (chain.problem) sink.problem(chain.problem.code, chain.problem.message, meta.path)
  else if (chain.clusters < most) sink.problem('structure', 'its chain ends before its content', meta.path)
  // What no cluster holds is not there.
  const length = Math.min(size, chain.clusters * volume.clusterSize)
  const [run, ...others] = chain.runs
  if (run && others.length === 0) {
    const at = region.start + placeOf(volume, run.cluster)
    const there = Math.max(0, Math.min(length, region.end - at))
    if (there < length) sink.problem('truncated', 'the image ends within it', meta.path)
    sink.slice(meta, Math.min(at, region.end), there)
  } else {
    const whole = !chain.runs.some(
      ({ cluster, count }) => region.start + placeOf(volume, cluster + count) > region.end,
    )
    if (!whole) sink.problem('truncated', 'the image ends within it; the rest is shown as zeros', meta.path)
    sink.file(meta, length, (out) => fill(bytes, region, volume, chain, out))
  }
}

/** What lies behind the end of the bytes stays zero. */
function fill(bytes: Bytes, region: Region, volume: FatVolume, { runs }: Chain, out: Uint8Array): void {
  let done = 0
  for (const { cluster, count } of runs) {
    const at = region.start + placeOf(volume, cluster)
    const part = out.subarray(done, done + count * volume.clusterSize)
    copyStretch(bytes, at, part.subarray(0, Math.max(0, Math.min(part.length, region.end - at))))
    done += part.length
  }
}
