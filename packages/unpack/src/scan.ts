import { type Bytes, createSearch } from '@messlatte/bytes'
import type { Format, Magic } from './contract.ts'

/** Bytes within which most magics lie. */
const HEAD = 2048

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
  const columns = columnsOf(formats)

  function startingAt(bytes: Bytes, at: number): readonly Format[] {
    if (at >= bytes.size) return []
    const head = bytes.view(at, Math.min(HEAD, bytes.size - at))
    let standing: Set<number> | undefined
    for (const { depth, byFirst } of columns) {
      const first = depth < head.length ? head[depth] : farByte(bytes, at + depth)
      if (first === undefined) continue
      for (const { magic, format } of byFirst[first] as readonly Standing[]) {
        if (standsAt(head, bytes, at, magic)) standing = (standing ?? new Set()).add(format)
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

/** The magics that stand so many bytes behind a start, by their first byte: one look at that byte rules out most. */
interface Column {
  readonly depth: number
  /** 256 of them. */
  readonly byFirst: readonly (readonly Standing[])[]
}

function columnsOf(formats: readonly Format[]): readonly Column[] {
  const all = formats.flatMap((format, index) => format.magic.map((magic) => ({ magic, format: index })))
  return [...Map.groupBy(all, ({ magic }) => magic.at)].map(([depth, magics]) => ({
    depth,
    byFirst: byFirstByte(magics),
  }))
}

function byFirstByte(magics: readonly Standing[]): Column['byFirst'] {
  const lists = Array.from({ length: 256 }, (): Standing[] => [])
  for (const one of magics) lists[one.magic.bytes.charCodeAt(0)]?.push(one)
  return lists
}

function farByte(bytes: Bytes, at: number): number | undefined {
  return at < bytes.size ? bytes.view(at, 1)[0] : undefined
}

/** `head` is what stands at `at`: one view serves the magics of all formats but those that lie far behind. */
function standsAt(head: Uint8Array, bytes: Bytes, at: number, magic: Magic): boolean {
  const text = magic.bytes
  const within = magic.at + text.length <= head.length
  if (!within && at + magic.at + text.length > bytes.size) return false
  const view = within ? head : bytes.view(at + magic.at, text.length)
  const from = within ? magic.at : 0
  for (let i = 0; i < text.length; i++) if (view[from + i] !== text.charCodeAt(i)) return false
  return true
}
