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
  const byFirst = formatsByFirstByte(formats)

  function startingAt(bytes: Bytes, at: number): readonly Format[] {
    if (at >= bytes.size) return []
    const head = bytes.view(at, Math.min(HEAD, bytes.size - at))
    return byFirst(head[0] as number).filter((format) =>
      format.magic.some((magic) => standsAt(head, bytes, at, magic)),
    )
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

/** Formats whose magic may stand there, by their first byte where they have it at their start; in the registry's order. */
function formatsByFirstByte(formats: readonly Format[]): (byte: number) => readonly Format[] {
  const lists = Array.from({ length: 256 }, (): Format[] => [])
  for (const format of formats) {
    const anywhere = format.magic.some(({ at }) => at > 0)
    const first = new Set(format.magic.map(({ bytes }) => bytes.charCodeAt(0)))
    for (const byte of anywhere ? lists.keys() : first) (lists[byte] as Format[]).push(format)
  }
  return (byte) => lists[byte] as readonly Format[]
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
