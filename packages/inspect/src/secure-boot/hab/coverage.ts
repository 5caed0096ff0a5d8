import { type Bytes, forEachWindow } from '@messlatte/bytes'
import type { HabImage } from '@messlatte/unpack'
import type { HabGap, HabStretch } from './facts.ts'

const STEP = 256 * 1024
/** Gaps beyond these are not told one by one. */
const MAX_GAPS = 64
const IVT: HabStretch = { from: 0, to: 32 }

/**
 * What the ROM loads, and no signature covers. Filler between two parts is none: nothing jumps there, and it is named nowhere.
 * `csfEnd` is where the last of what the commands point to ends.
 */
export function gapsIn(
  bytes: Bytes,
  image: HabImage,
  covered: readonly HabStretch[],
  csfEnd: number | undefined,
): readonly HabGap[] {
  const csfAt = image.csfAt ?? image.end
  const open = [
    ...complement(covered, 0, Math.min(csfAt, bytes.size)),
    ...(csfEnd === undefined ? [] : complement(covered, csfEnd, Math.min(image.end, bytes.size))),
  ]
  const entry = (image.entry & ~1) - image.self
  const parts: readonly (HabStretch & { readonly what: HabGap['what'] })[] = [
    { ...IVT, what: 'image-vector-table' },
    { ...image.bootData, what: 'boot-data' },
    ...(image.dcd ? [{ ...image.dcd, what: 'device-configuration' } as const] : []),
    { from: entry, to: entry + 4, what: 'entry' },
  ]
  return open
    .flatMap((gap): readonly HabGap[] => {
      const hit = parts.filter(({ from, to }) => from < gap.to && to > gap.from)
      if (hit.length > 0) return hit.map(({ what }) => ({ ...gap, what }))
      if (isFiller(bytes, gap)) return []
      return [{ ...gap, what: gap.from >= csfAt ? 'behind-commands' : 'content' }]
    })
    .slice(0, MAX_GAPS)
}

function complement(covered: readonly HabStretch[], from: number, to: number): readonly HabStretch[] {
  const gaps: HabStretch[] = []
  let at = from
  for (const one of [...covered].sort((a, b) => a.from - b.from)) {
    if (one.from >= to) break
    if (one.from > at) gaps.push({ from: at, to: one.from })
    at = Math.max(at, one.to)
  }
  if (at < to) gaps.push({ from: at, to })
  return gaps
}

function isFiller(bytes: Bytes, { from, to }: HabStretch): boolean {
  const first = bytes.view(from, 1)[0]
  if (first !== 0 && first !== 0xff) return false
  let same = true
  forEachWindow(bytes, from, to, STEP, 0, (window) => {
    same = window.every((byte) => byte === first)
    return same
  })
  return same
}
