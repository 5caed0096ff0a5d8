import type { Bytes } from '@messlatte/bytes'
import type { Sink } from '../../contract.ts'
import {
  GEOMETRY_ROOM,
  type Geometry,
  parseGeometry,
  parseMetadata,
  RESERVED,
  type SuperMetadata,
} from './parse.ts'

/** A super partition, or an image of its metadata alone. */
export interface Super {
  readonly geometry: Geometry
  /** False of `super_empty.img`: geometry and metadata without the contents. */
  readonly hasContents: boolean
  /** By slot; undefined where neither copy holds. */
  readonly slots: readonly (SuperMetadata | undefined)[]
  readonly notes: readonly string[]
  /** Whether the bytes end within the metadata. */
  readonly cut: boolean
  /** Offset behind it, which may lie behind the end of the bytes. */
  readonly end: number
}

/** What begins at `at`; undefined where no geometry holds, or none of the metadata that it promises. */
export function readSuper(bytes: Bytes, at: number): Super | undefined {
  const primary = parseGeometry(bytes, at + RESERVED)
  const geometry = primary ?? parseGeometry(bytes, at + RESERVED + GEOMETRY_ROOM)
  const whole = geometry && readWhole(bytes, at, geometry, primary !== undefined)
  return whole ?? readEmpty(bytes, at)
}

function readWhole(bytes: Bytes, at: number, geometry: Geometry, isPrimary: boolean): Super | undefined {
  const notes = isPrimary ? [] : ['the geometry is damaged: its backup is read']
  const from = at + RESERVED + 2 * GEOMETRY_ROOM
  const { metadataSize, slots: count } = geometry
  const slots = Array.from({ length: count }, (_, slot) => {
    const first = parseMetadata(bytes, from + slot * metadataSize, geometry, slot)
    if (first?.headerMatches && first.tablesMatch) return first
    const second = parseMetadata(bytes, from + (count + slot) * metadataSize, geometry, slot)
    if (second?.headerMatches && second.tablesMatch) {
      notes.push(`the metadata of slot ${slot} is damaged: its backup is read`)
      return second
    }
    const damaged = first ?? second
    if (damaged) notes.push(`the checksums of the metadata of slot ${slot} differ, also of its backup`)
    return damaged
  })
  const told = slots.find((slot) => slot?.headerMatches) ?? slots.find((slot) => slot !== undefined)
  const size = told?.devices[0]?.size
  const contentsAt = from + 2 * count * metadataSize
  if (size === undefined || at + size < contentsAt) return undefined
  return { geometry, hasContents: true, slots, notes, cut: bytes.size < contentsAt, end: at + size }
}

function readEmpty(bytes: Bytes, at: number): Super | undefined {
  const geometry = parseGeometry(bytes, at)
  const metadata = geometry && parseMetadata(bytes, at + GEOMETRY_ROOM, geometry, 0)
  if (!geometry || !metadata?.headerMatches) return undefined
  const notes = metadata.tablesMatch ? [] : ['the checksum of the metadata differs']
  return {
    geometry,
    hasContents: false,
    slots: [metadata],
    notes,
    cut: false,
    end: at + GEOMETRY_ROOM + metadata.size,
  }
}

export function tellNotes({ notes, cut }: Super, problem: Sink['problem'], path: string): void {
  if (cut) problem('truncated', 'the image ends within its metadata', path)
  for (const note of notes) problem('checksum', note, path)
}
