import type { Extent } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { inBatches, jsonText, showText, wrapped } from '../members.ts'
import { readSuper, type Super, tellNotes } from './layout.ts'
import { GEOMETRY_MAGIC, RESERVED, type SuperMetadata, type SuperPartition } from './parse.ts'

const METADATA = 'metadata.json'

/** The list of partitions, or the content of one. */
type SuperMember =
  | { readonly text: string }
  | { readonly path: string; readonly size: number; readonly extents: readonly Extent[] }

export const androidSuper: ContainerFormat<readonly SuperMember[]> = {
  kind: 'container',
  name: 'android-super',
  title: 'Android super partition (dynamic partitions, liblp)',
  references: [
    'Android Open Source Project, Implement dynamic partitions (source.android.com)',
    'AOSP, system/core/fs_mgr/liblp/include/liblp/metadata_format.h',
  ],
  limits: ['stretches of partitions that lie on other block devices (retrofit) are told, not read'],
  magic: [
    { bytes: GEOMETRY_MAGIC, at: RESERVED },
    { bytes: GEOMETRY_MAGIC, at: 2 * RESERVED },
    { bytes: GEOMETRY_MAGIC, at: 0 },
  ],
  carve: true,

  recognise(bytes, at) {
    const found = readSuper(bytes, at)
    return found && { start: at, end: Math.min(found.end, bytes.size) }
  },

  *open(bytes, region, problem) {
    const found = readSuper(bytes, region.start) as Super
    tellNotes(found, problem, METADATA)
    const slots = found.slots.flatMap((metadata, slot) => (metadata ? [{ metadata, slot }] : []))
    // Slots mostly say the same: then their partitions are the same, too.
    const different = slots.filter(
      ({ metadata }, index) =>
        slots.findIndex(({ metadata: { tablesSum } }) => tablesSum === metadata.tablesSum) === index,
    )
    const text = jsonText({
      ...found.geometry,
      slots: different.map(({ metadata, slot }) => ({ slot, ...told(metadata) })),
    })
    const members: SuperMember[] = [{ text }]
    for (const { metadata, slot } of found.hasContents ? different : []) {
      const folder = slot === different[0]?.slot ? '' : `slot-${slot}/`
      for (const partition of metadata.partitions)
        members.push(memberOf(region, folder + partition.name, partition, problem))
    }
    yield* inBatches(members, (member) => ('size' in member ? member.size : 0))
  },

  read(_bytes, _region, plan, sink) {
    for (const member of plan) {
      if ('text' in member) showText(METADATA, member.text, sink)
      else showPartition(member.path, member.size, member.extents, sink)
    }
  },
}

function showPartition(path: string, size: number, extents: readonly Extent[], sink: Sink): void {
  const [first] = extents
  if (first && 'from' in first && first.at === 0 && first.length === size)
    sink.slice(wrapped(path), first.from, size)
  else sink.mapped(wrapped(path), size, extents)
}

function told({ minor, flags, groups, devices, partitions }: SuperMetadata) {
  return {
    minorVersion: minor,
    flags,
    groups,
    blockDevices: devices,
    partitions: partitions.map(({ name, group, attributes, readonly, extents }) => ({
      name,
      group,
      attributes,
      readonly,
      size: extents.reduce((sum, { length }) => sum + length, 0),
      extents,
    })),
  }
}

function memberOf(
  { start, end }: Region,
  path: string,
  partition: SuperPartition,
  problem: Sink['problem'],
): SuperMember {
  if (!partition.holds) problem('structure', 'its extents cannot be', path)
  const extents: Extent[] = []
  let [size, cut, elsewhere] = [0, false, false]
  for (const extent of partition.extents) {
    if (extent.type === 'linear' && extent.device !== 0) elsewhere = true
    else if (extent.type === 'linear') {
      const from = start + extent.at
      const length = Math.max(0, Math.min(extent.length, end - from))
      cut ||= length < extent.length
      if (length > 0) extents.push({ at: size, length, from })
    }
    size += extent.length
  }
  if (elsewhere) problem('unsupported', 'some of it lies on another block device', path)
  if (cut) problem('truncated', 'the image ends within this partition', path)
  const last = extents.at(-1)
  return { path, size: cut ? (last ? last.at + last.length : 0) : size, extents }
}
