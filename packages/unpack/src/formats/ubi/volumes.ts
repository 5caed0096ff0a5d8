import type { Bytes } from '@messlatte/bytes'
import type { Region, Sink } from '../../contract.ts'
import { type Geometry, matches, type PlacedBlock, readBlocks } from './blocks.ts'
import { LAYOUT_VOLUME, readVolumeTable, type VolumeRecord } from './headers.ts'

/** A volume: what it is made of, and how large it is. Bytes. */
export interface PlannedVolume {
  readonly name: string
  readonly size: number
  readonly parts: readonly VolumePart[]
}

/** `length` bytes at `from` in the source, which stand at `to` in the volume. */
export interface VolumePart {
  readonly from: number
  readonly to: number
  readonly length: number
}

/** A volume may name far more blocks than there are, but not without end. */
const BLOCKS_PER_BLOCK = 16

/** All volumes, by their ids. What is damaged or missing is told. */
export function listVolumes(
  bytes: Bytes,
  region: Region,
  geometry: Geometry,
  problem: Sink['problem'],
): readonly PlannedVolume[] {
  const volumes = readBlocks(bytes, region, geometry, problem)
  const records = readRecords(bytes, geometry, volumes.get(LAYOUT_VOLUME), problem)
  const ids = new Set([...records.keys(), ...volumes.keys()].filter((id) => id < LAYOUT_VOLUME))
  const most = Math.ceil((region.end - region.start) / geometry.blockSize) * BLOCKS_PER_BLOCK
  return [...ids]
    .sort((a, b) => a - b)
    .map((id) => {
      const record = records.get(id)
      const name = nameOf(id, record, problem)
      if (!record) problem('structure', 'the volume table does not name it', name)
      else if (record.updating) problem('structure', 'an update of this volume was not finished', name)
      const blocks = [...(volumes.get(id)?.values() ?? [])]
        .filter(({ block }) => block < Math.min(record?.reservedBlocks ?? most, most))
        .sort((a, b) => a.block - b.block)
      if (record?.fixed && blocks.length === 0) problem('structure', 'none of its blocks is there', name)
      return planVolume(bytes, geometry, name, blocks, problem)
    })
}

/** The volume table: both of its copies say the same, unless a change was interrupted. */
function readRecords(
  bytes: Bytes,
  { blockSize, dataAt }: Geometry,
  copies: ReadonlyMap<number, PlacedBlock> | undefined,
  problem: Sink['problem'],
): ReadonlyMap<number, VolumeRecord> {
  for (const index of [0, 1]) {
    const copy = copies?.get(index)
    if (!copy || copy.at > bytes.size) continue
    const records = readVolumeTable(bytes.view(copy.at, Math.min(blockSize - dataAt, bytes.size - copy.at)))
    if (records) return new Map(records.map((record) => [record.id, record]))
    problem('checksum', `copy ${index} of the volume table is damaged`)
  }
  problem('structure', 'there is no volume table')
  return new Map()
}

function nameOf(id: number, record: VolumeRecord | undefined, problem: Sink['problem']): string {
  const name = record?.name ?? ''
  if (name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name)) return name
  if (record) problem('name', 'a name that no file may have', `volume-${id}`)
  return `volume-${id}`
}

function planVolume(
  bytes: Bytes,
  { blockSize, dataAt }: Geometry,
  name: string,
  blocks: readonly PlacedBlock[],
  problem: Sink['problem'],
): PlannedVolume {
  const first = blocks[0]
  if (!first) return { name, size: 0, parts: [] }
  const unit = blockSize - dataAt - first.padding
  if (unit <= 0) {
    problem('structure', 'its blocks have no room for data', name)
    return { name, size: 0, parts: [] }
  }
  const fixed = first.volumeType === 'static'
  const last = blocks.at(-1) as PlacedBlock
  let size = last.block * unit + (fixed ? Math.min(last.dataSize, unit) : unit)
  if (fixed) {
    const missing = first.usedBlocks - blocks.length
    if (missing > 0) problem('structure', `${missing} of its ${first.usedBlocks} blocks are missing`, name)
  }
  const parts: VolumePart[] = []
  for (const block of blocks) {
    const wanted = Math.min(fixed ? block.dataSize : unit, unit)
    const length = Math.max(0, Math.min(wanted, bytes.size - block.at))
    if (length < wanted) problem('truncated', `block ${block.block} is cut off`, name)
    else if (fixed && !matches(bytes, block))
      problem('checksum', `the CRC of block ${block.block} differs`, name)
    if (length > 0) parts.push({ from: block.at, to: block.block * unit, length })
    // What is cut off at the end is not made up.
    if (block === last) size -= wanted - length
  }
  return { name, size, parts }
}
