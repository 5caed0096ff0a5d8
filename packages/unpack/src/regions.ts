import type { ContentWork } from './content.ts'
import type { Region } from './contract.ts'
import { Inlays } from './inlays.ts'
import type { Recognised, Recogniser, SeekingFormat } from './recogniser.ts'

/** Bytes of a stretch in which something without a magic is looked for. */
const LEAST_SOUGHT = 64

/** What was found in a content. */
export interface Opened {
  /** Whether anything was. */
  readonly any: boolean
  /** Stretches that no structure takes, but inlaid ones. */
  readonly left: readonly Region[]
  readonly inlays: Inlays
}

/** Opens all structures that lie in a content. */
export function openRegions(
  recogniser: Recogniser,
  work: ContentWork,
  open: (found: Recognised) => void,
): Opened {
  const { bytes } = work
  let done = 0
  let any = false
  const gaps: Region[] = []
  const inlays = new Inlays()
  for (let at: number | undefined = 0; at !== undefined && at < bytes.size; at = recogniser.next(bytes, at)) {
    const found = recogniser.at(work, at)
    if (!found) {
      at++
      continue
    }
    if (found.format.inlaid) {
      inlays.append(found.format.name, found.region)
      at = found.region.end
      continue
    }
    if (at > done) gaps.push({ start: done, end: at })
    any = true
    open(found)
    done = Math.max(found.region.end, at + 1)
    at = done
  }
  if (done < bytes.size) gaps.push({ start: done, end: bytes.size })
  inlays.settle()
  const left = seek(recogniser, work, gaps, inlays, open)
  return { any: any || left !== gaps, left, inlays }
}

/** Opens what has no magic in stretches that no magic claims; gives what is left: the same list where nothing was found. */
function seek(
  recogniser: Recogniser,
  work: ContentWork,
  gaps: readonly Region[],
  inlays: Inlays,
  open: (found: Recognised) => void,
): readonly Region[] {
  let left = gaps
  for (const format of recogniser.seeking) {
    const parts = left.map((gap) => seekOne(recogniser, format, work, gap, inlays, open))
    inlays.settle()
    if (parts.some((part) => part !== undefined))
      left = parts.flatMap((part, index) => part ?? [left[index] as Region])
  }
  return left
}

/** One pass over a stretch; undefined where nothing was found. */
function seekOne(
  recogniser: Recogniser,
  format: SeekingFormat,
  work: ContentWork,
  gap: Region,
  inlays: Inlays,
  open: (found: Recognised) => void,
): readonly Region[] | undefined {
  if (gap.end - gap.start < LEAST_SOUGHT) return undefined
  const left: Region[] = []
  let done = gap.start
  for (const at of format.candidates(work.bytes, gap)) {
    if (at < done || at >= gap.end || inlays.hold(at)) continue
    const found = recogniser.as(format, work, at)
    if (!found || found.region.end > gap.end) continue
    if (format.inlaid) {
      inlays.append(format.name, found.region)
      continue
    }
    if (at > done) left.push({ start: done, end: at })
    open(found)
    done = found.region.end
  }
  if (done === gap.start) return undefined
  if (done < gap.end) left.push({ start: done, end: gap.end })
  return left
}
