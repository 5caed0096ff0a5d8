import { type Bytes, BytesError, createSearch } from '@messlatte/bytes'
import type { Format, Magic } from './contract.ts'

/** Bytes of a content that are looked at together: most magics lie in its first ones. */
const SPAN = 16 * 1024

/** Finds where formats may begin. */
export interface Scanner {
  /** The formats whose magic stands at `at`, in the order of the registry; also those too weak to be carved. */
  startingAt(bytes: Bytes, at: number): readonly Format[]
  /** The next offset from `from` on at which the magic of a format that may be carved stands; undefined when there is none. */
  next(bytes: Bytes, from: number): number | undefined
}

export function createScanner(formats: readonly Format[]): Scanner {
  const magics = formats.filter((format) => format.carve).flatMap((format) => format.magic)
  const byText = Map.groupBy(magics, ({ bytes }) => bytes)
  const texts = [...byText.keys()]
  const depths = [...byText.values()].map((list) => list.map(({ at }) => at))
  const search = createSearch(texts)
  const spans = spansOf(formats)

  function startingAt(bytes: Bytes, at: number): readonly Format[] {
    let standing: Set<number> | undefined
    for (const { start, length, depths, holds, columns } of spans) {
      if (at + start >= bytes.size) break
      const view = readable(bytes, at + start, Math.min(length, bytes.size - at - start))
      if (!view) continue
      for (let column = 0; column < depths.length; column++) {
        const depth = depths[column] as number
        if (depth >= view.length) break
        const first = view[depth] as number
        if (holds[(column << 8) | first] === 0) continue
        for (const { magic, format } of columns[column]?.get(first) ?? [])
          if (standsIn(view, depth, magic.bytes)) standing = (standing ?? new Set()).add(format)
      }
    }
    if (!standing) return []
    return [...standing].sort((a, b) => a - b).map((format) => formats[format] as Format)
  }

  function next(bytes: Bytes, from: number): number | undefined {
    let found: number | undefined
    search(
      bytes,
      (literal, hit) => {
        const starts = (depths[literal] as readonly number[])
          .map((depth) => hit - depth)
          .filter((start) => start >= from)
        if (starts.length > 0) found = Math.min(...starts)
        return found === undefined
      },
      from,
    )
    return found
  }

  return { startingAt, next }
}

interface Standing {
  readonly magic: Magic
  /** Its place in the registry. */
  readonly format: number
}

/** The magics that stand near each other, by how far they stand behind a start: one look at a byte rules out most. */
interface Span {
  /** Bytes behind the start. */
  readonly start: number
  /** Bytes up to behind the last magic. */
  readonly length: number
  /** Where they stand in the span, ascending. */
  readonly depths: Uint32Array
  /** 256 for each depth: 1 where a magic begins with that byte. */
  readonly holds: Uint8Array
  /** For each depth, by first byte. */
  readonly columns: readonly ReadonlyMap<number, readonly Standing[]>[]
}

function spansOf(formats: readonly Format[]): readonly Span[] {
  const all = formats
    .flatMap((format, index) => format.magic.map((magic) => ({ magic, format: index })))
    .sort((a, b) => a.magic.at - b.magic.at)
  const spans: Standing[][] = []
  for (const one of all) {
    const last = spans.at(-1)
    if (last && one.magic.at - (last[0] as Standing).magic.at < SPAN) last.push(one)
    else spans.push([one])
  }
  return spans.map(spanOf)
}

function spanOf(magics: readonly Standing[]): Span {
  const start = (magics[0] as Standing).magic.at
  const byDepth = [...Map.groupBy(magics, ({ magic }) => magic.at - start)]
  const columns = byDepth.map(([, list]) => Map.groupBy(list, ({ magic }) => magic.bytes.charCodeAt(0)))
  const holds = new Uint8Array(columns.length * 256)
  for (const [column, byFirst] of columns.entries())
    for (const first of byFirst.keys()) holds[column * 256 + first] = 1
  return {
    start,
    length: Math.max(...magics.map(({ magic }) => magic.at - start + magic.bytes.length)),
    depths: Uint32Array.from(byDepth, ([depth]) => depth),
    holds,
    columns,
  }
}

/** A damaged block costs the magics that would stand near it. */
function readable(bytes: Bytes, at: number, length: number): Uint8Array | undefined {
  try {
    return bytes.view(at, length)
  } catch (error) {
    if (error instanceof BytesError) return undefined
    throw error
  }
}

function standsIn(view: Uint8Array, at: number, magic: string): boolean {
  if (at + magic.length > view.length) return false
  for (let i = 0; i < magic.length; i++) if (view[at + i] !== magic.charCodeAt(i)) return false
  return true
}
