import { countOf, listOf, type Section, sectionOf, type Value } from './config.ts'

const SECTOR = 512
const MOST_VOLUMES = 10_000
const MOST_SEGMENTS = 100_000

/** A stretch of a logical volume, in bytes; undefined places are on another device or laid out another way. */
export interface Segment {
  readonly at: number
  readonly length: number
  readonly from: number | undefined
}

export interface LogicalVolume {
  /** Byte string. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly segments: readonly Segment[]
}

export interface Group {
  readonly name: string
  readonly volumes: readonly LogicalVolume[]
}

/** The group that a text describes, as far as the device with this id holds it; undefined where the text tells none. */
export function groupOf(text: Section, id: string): Group | undefined {
  for (const [name, value] of Object.entries(text)) {
    const section = sectionOf(value)
    const extent = countOf(section?.extent_size)
    if (!section || !extent) continue
    const own = Object.entries(sectionOf(section.physical_volumes) ?? {}).find(
      ([, volume]) => String(sectionOf(volume)?.id).replaceAll('-', '') === id,
    )
    const start = countOf(sectionOf(own?.[1])?.pe_start)
    if (!own || start === undefined) continue
    const place = { device: own[0], start: start * SECTOR, extent: extent * SECTOR }
    const volumes = Object.entries(sectionOf(section.logical_volumes) ?? {})
      .slice(0, MOST_VOLUMES)
      .flatMap(([volume, fields]) => volumeOf(volume, sectionOf(fields), place) ?? [])
    return { name, volumes }
  }
  return undefined
}

interface Place {
  readonly device: string
  readonly start: number
  readonly extent: number
}

function volumeOf(name: string, fields: Section | undefined, place: Place): LogicalVolume | undefined {
  const segments: Segment[] = []
  const count = Math.min(countOf(fields?.segment_count) ?? 0, MOST_SEGMENTS)
  let at = 0
  for (let index = 1; index <= count; index++) {
    const segment = sectionOf(fields?.[`segment${index}`])
    const [first, length] = [countOf(segment?.start_extent), countOf(segment?.extent_count)]
    if (!segment || first === undefined || !length || first * place.extent !== at) return undefined
    const from = fromOf(segment, place)
    segments.push({ at, length: length * place.extent, from })
    at += length * place.extent
  }
  return at > 0 && Number.isSafeInteger(at) ? { name, size: at, segments } : undefined
}

/** Where a segment of one stripe on this device lies. */
function fromOf(segment: Section, { device, start, extent }: Place): number | undefined {
  const [on, first]: readonly (Value | undefined)[] = listOf(segment.stripes)
  const extents = countOf(first)
  if (segment.type !== 'striped' || segment.stripe_count !== 1 || on !== device || extents === undefined)
    return undefined
  return start + extents * extent
}
