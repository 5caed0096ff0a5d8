import type { Bytes, Extent } from '@messlatte/bytes'
import type { ContainerFormat, EntryMeta, Region, Sink } from '../../contract.ts'
import { inBatches, type Stored } from '../members.ts'
import { udfRegion } from '../udf/region.ts'
import { type IsoMember, listIso } from './tree.ts'
import { type IsoVolumes, MAGIC, MAGIC_AT, readVolumes } from './volume.ts'
import { unpackZisofs } from './zisofs.ts'

export const iso9660: ContainerFormat<readonly IsoMember[]> = {
  kind: 'container',
  name: 'iso9660',
  title: 'ISO 9660 (Rock Ridge, Joliet, zisofs)',
  references: [
    'ECMA-119, Volume and File Structure of CDROM, 4th edition',
    'IEEE P1281, System Use Sharing Protocol; IEEE P1282, Rock Ridge Interchange Protocol',
    'Joliet Specification (Microsoft, 1995)',
    'zisofs-tools, zisofs format',
    'libisofs, doc/zisofs2_format.txt',
  ],
  limits: [
    'boot images of El Torito are shown only where a name leads to them',
    'files whose blocks lie between those of others are shown as if they did not',
    'hard links are files of their own',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const volumes = readVolumes(bytes, at)
    // Discs for two kinds of systems are read as what tells more of their files.
    if (!volumes || udfRegion(bytes, at)) return undefined
    const { blocks, blockSize } = volumes.primary
    return { start: at, end: Math.min(at + blocks * blockSize, bytes.size) }
  },

  *open(bytes, region, problem) {
    const volumes = readVolumes(bytes, region.start) as IsoVolumes
    const length = volumes.primary.blocks * volumes.primary.blockSize
    if (region.start + length > region.end)
      problem('truncated', `${length} bytes are announced, ${region.end - region.start} are there`)
    yield* inBatches(listIso(bytes, region, volumes, problem), costOf)
  },

  read(bytes, region, plan, sink) {
    for (const member of plan) show(bytes, region, member, sink)
  },
}

function costOf({ pieces = [], packed }: IsoMember): number {
  return packed ?? pieces.reduce((sum, { length }) => sum + length, 0)
}

function show(bytes: Bytes, region: Region, { meta, pieces, packed }: IsoMember, sink: Sink): void {
  const [first, ...others] = pieces?.filter(({ length }) => length > 0) ?? []
  if (!pieces) sink.entry(meta)
  else if (!first) sink.file(meta, 0, () => {})
  else if (pieces.some(({ at, length }) => at + length > region.end)) {
    sink.problem('truncated', 'the image ends within this content', meta.path)
    showPieces(region, meta, pieces, sink)
  } else if (packed !== undefined && others.length === 0) {
    sink.file(meta, packed, (out) => unpackZisofs(bytes, first.at, first.length, out))
  } else showPieces(region, meta, pieces, sink)
}

function showPieces(region: Region, meta: EntryMeta, pieces: readonly Stored[], sink: Sink): void {
  const there = ({ at, length }: Stored) => Math.max(0, Math.min(length, region.end - at))
  const [first, ...others] = pieces
  if (first && others.length === 0) {
    sink.slice(meta, Math.min(first.at, region.end), there(first))
    return
  }
  const extents: Extent[] = []
  let size = 0
  for (const piece of pieces) {
    if (there(piece) > 0) extents.push({ at: size, length: there(piece), from: piece.at })
    size += piece.length
  }
  sink.mapped(meta, size, extents)
}
