import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { showText, wrapped } from '../members.ts'
import { parseConfig } from './config.ts'
import { type Group, groupOf, type LogicalVolume } from './group.ts'
import { LABEL_AT, MAGIC, type PhysicalVolume, readLabel, readText } from './label.ts'

export const lvm2: ContainerFormat<null> = {
  kind: 'container',
  name: 'lvm2',
  title: 'LVM2 physical volume (linear logical volumes)',
  references: ['lvm2, lib/format_text/layout.h and lib/label/label.h', 'lvm2, libdm/libdm-config.c'],
  limits: [
    'logical volumes that are striped, mirrored, thin or on several devices are told, and not put together',
    'where no text describes the group, nothing is shown',
  ],
  magic: [{ bytes: MAGIC, at: LABEL_AT }],
  carve: true,

  recognise(bytes, at) {
    const label = readLabel(bytes, at)
    return label && { start: at, end: Math.min(at + label.size, bytes.size) }
  },

  *open(bytes, { start, end }, problem) {
    const { size } = readLabel(bytes, start) as PhysicalVolume
    if (start + size > end) problem('truncated', `${size} bytes are announced, ${end - start} are there`)
    yield { cost: end - start, entries: 1, plan: null }
  },

  read(bytes, region, _plan, sink) {
    const found = describe(bytes, region)
    if (!found) return sink.problem('structure', 'no text that describes the group')
    showText(`${found.group.name}.vg`, found.text, sink)
    for (const volume of found.group.volumes) show(region, volume, sink)
  },
}

/** Of the areas the first whose text holds. */
function describe(
  bytes: Bytes,
  { start }: Region,
): { readonly text: string; readonly group: Group } | undefined {
  const { id, areas } = readLabel(bytes, start) as PhysicalVolume
  for (const area of areas) {
    const text = readText(bytes, start, area)
    const config = text === undefined ? undefined : parseConfig(text.replace(/\0+$/, ''))
    const group = config && groupOf(config, id)
    if (text !== undefined && group) return { text: text.replace(/\0+$/, ''), group }
  }
  return undefined
}

function show({ start, end }: Region, { name, size, segments }: LogicalVolume, sink: Sink): void {
  const meta = wrapped(name)
  const lost = segments.some(({ from }) => from === undefined)
  if (lost) {
    sink.problem('unsupported', 'it is not one that lies on this device alone, piece behind piece', name)
    sink.entry(meta)
    return
  }
  const extents = segments.flatMap(({ at, length, from = 0 }) => {
    const there = Math.max(0, Math.min(length, end - start - from))
    return there > 0 ? [{ at, length: there, from: start + from }] : []
  })
  if (extents.reduce((sum, { length }) => sum + length, 0) < size)
    sink.problem('truncated', 'some of it is not there: it is shown as zeros', name)
  const [only, ...others] = extents
  if (only && others.length === 0 && only.length === size) sink.slice(meta, only.from, size)
  else sink.mapped(meta, size, extents)
}
