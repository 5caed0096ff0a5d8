import type { Bytes } from '@messlatte/bytes'
import type { MapPart } from '@messlatte/model'
import type { Format, KeyMaterial, Region } from './contract.ts'
import { encodePath } from './names.ts'
import { findPadding } from './padding.ts'
import { safely } from './safely.ts'

/** Partitions that a map names; tables have far fewer. */
const MOST_PARTS = 256

/** The named parts of a region, and what lies between them; none where its format names none. */
export function namedParts(
  path: string,
  bytes: Bytes,
  format: Format,
  region: Region,
  keys: readonly KeyMaterial[],
): readonly MapPart[] {
  if (format.kind !== 'container' || !format.parts) return []
  const parts: MapPart[] = []
  const add = ({ start, end }: Region, name?: string) => {
    if (end <= start) return
    const filled = findPadding(bytes, { start, end }).rest.length === 0
    const kind = filled ? ({ kind: 'padding' } as const) : ({ kind: 'format', format: format.name } as const)
    parts.push({ path, offset: start, length: end - start, ...kind, ...(name !== undefined && { name }) })
  }
  const named = safely(() => [...(format.parts?.(bytes, region, keys) ?? [])]) ?? []
  let done = region.start
  for (const part of named.sort((a, b) => a.start - b.start).slice(0, MOST_PARTS)) {
    if (part.start < done || part.end > region.end) continue
    add({ start: done, end: part.start })
    add(part, encodePath(part.name))
    done = part.end
  }
  if (parts.length > 0) add({ start: done, end: region.end })
  return parts
}
