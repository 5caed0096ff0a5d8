import type { Part } from './content.ts'
import { FLAG, type ShieldFile } from './files.ts'
import type { Share } from './header.ts'
import { type Cabinet, isCut, type Placed, storedSize } from './volumes.ts'

/** Where the content of a member lies, or why it is not shown. */
export type Found =
  | { readonly kind: 'parts'; readonly parts: readonly Part[] }
  /** As another member, of this number. */
  | { readonly kind: 'same'; readonly index: number }
  /** In a cabinet that is not there. */
  | { readonly kind: 'elsewhere' }
  /** In a file beside the cabinet, or behind a cut. */
  | { readonly kind: 'outside' }
  | { readonly kind: 'shared' }

/**
 * Of all members, by their numbers. No byte counts for two that are not the same.
 * @param size of the source, in bytes
 */
export function contentsOf(
  { volumes, version }: Cabinet,
  files: readonly ShieldFile[],
  size: number,
): ReadonlyMap<number, Found> {
  const found = new Map<number, Found>()
  const intervals: { readonly part: Part; readonly index: number; readonly flags: number }[] = []
  for (const file of files) {
    const { index, same, flags } = file
    if (same !== undefined) found.set(index, { kind: 'same', index: same })
    else if (file.at > 0 || storedSize(file) > 0) {
      const parts = storedSize(file) === 0 ? [] : partsOf(volumes, version, file)
      const isOutside = parts?.some(({ from }) => from >= size)
      if (!parts) found.set(index, { kind: 'elsewhere' })
      else if (isOutside) found.set(index, { kind: 'outside' })
      else {
        found.set(index, { kind: 'parts', parts })
        for (const part of parts) intervals.push({ part, index, flags })
      }
    }
  }
  let last: (typeof intervals)[number] | undefined
  for (const one of intervals.toSorted((a, b) => a.part.from - b.part.from || a.index - b.index)) {
    const { part, index, flags } = one
    if (!last || part.from >= last.part.from + last.part.length) last = one
    else if (
      index === last.index ||
      part.from !== last.part.from ||
      part.length !== last.part.length ||
      flags !== last.flags
    )
      found.set(index, { kind: 'shared' })
    else found.set(index, { kind: 'same', index: last.index })
  }
  return found
}

type Volumes = ReadonlyMap<number, Placed>

/** Undefined where a volume is not there. */
function partsOf(volumes: Volumes, version: number, file: ShieldFile): readonly Part[] | undefined {
  const first = file.volume ?? firstOf(volumes, file.index)
  const placed = first === undefined ? undefined : volumes.get(first)
  if (first === undefined || !placed) return undefined
  const size = storedSize(file)
  const isSplit =
    (file.flags & FLAG.split) !== 0 ||
    (version < 6 && (isCut(file, placed.volume.first) || isCut(file, placed.volume.last)))
  if (!isSplit && file.at < placed.volume.dataAt) return undefined
  if (!isSplit) return [{ from: placed.start + file.at, length: size }]
  const parts: Part[] = []
  for (let number = first, left = size; left > 0; number++) {
    const next = volumes.get(number)
    const share = next && shareOf(next, file, number === first)
    if (!next || !share || share.packed === 0) return undefined
    const length = Math.min(left, share.packed)
    parts.push({ from: next.start + share.at, length })
    left -= length
  }
  return parts
}

/** Of a volume: its last member goes on in the next one, its first one began in the one before. */
function shareOf({ volume }: Placed, { index }: ShieldFile, isFirst: boolean): Share | undefined {
  const [one, other] = isFirst ? [volume.last, volume.first] : [volume.first, volume.last]
  return [one, other].find((share) => share.index === index && share.at !== 0)
}

function firstOf(volumes: Volumes, index: number): number | undefined {
  for (const [number, { volume }] of volumes) if (index <= volume.last.index) return number
  return undefined
}
