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
  const firstOf = narrowVolumes(volumes)
  const intervals: { readonly part: Part; readonly file: ShieldFile; readonly isWhole: boolean }[] = []
  for (const file of files) {
    const { index, same } = file
    if (same !== undefined) found.set(index, { kind: 'same', index: same })
    else if (file.at > 0 || storedSize(file) > 0) {
      const first = file.volume ?? firstOf(index)
      const parts = storedSize(file) === 0 ? [] : partsOf(volumes, version, file, first)
      const isOutside = parts?.some(({ from }) => from >= size)
      if (!parts) found.set(index, { kind: 'elsewhere' })
      else if (isOutside) found.set(index, { kind: 'outside' })
      else {
        found.set(index, { kind: 'parts', parts })
        for (const part of parts) intervals.push({ part, file, isWhole: parts.length === 1 })
      }
    }
  }
  let last: (typeof intervals)[number] | undefined
  for (const one of intervals.toSorted((a, b) => a.part.from - b.part.from || a.file.index - b.file.index)) {
    const { part, file, isWhole } = one
    if (!last || part.from >= last.part.from + last.part.length) last = one
    else if (isWhole && last.isWhole && isSame(file, last.file))
      found.set(file.index, { kind: 'same', index: last.file.index })
    else found.set(file.index, { kind: 'shared' })
  }
  return found
}

/** Of two members that overlap: whether they are one and the same. */
function isSame(one: ShieldFile, other: ShieldFile): boolean {
  const keys = ['at', 'packed', 'expanded', 'flags', 'md5'] as const
  return keys.every((key) => one[key] === other[key])
}

type Volumes = ReadonlyMap<number, Placed>

/** Undefined where a volume is not there. */
function partsOf(
  volumes: Volumes,
  version: number,
  file: ShieldFile,
  first: number,
): readonly Part[] | undefined {
  const placed = volumes.get(first)
  if (!placed) return undefined
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

/** In which volume a member begins, told by the last number of each; to be asked for ascending numbers. */
function narrowVolumes(volumes: Volumes): (index: number) => number {
  let number = 1
  return (index) => {
    while (index > (volumes.get(number)?.volume.last.index ?? index)) number++
    return number
  }
}
