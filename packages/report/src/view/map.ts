import type { MapPart, Text } from '@messlatte/model'
import { WORDS } from '../words.ts'

/** A file of the release and what lies in it, in order. */
export interface FileMap {
  readonly path: string
  /** Bytes up to the end of the last part. */
  readonly size: number
  /** Of a region with partitions, these. */
  readonly parts: readonly MapPart[]
}

export function mapsOf(parts: readonly MapPart[]): readonly FileMap[] {
  const byPath = new Map<string, MapPart[]>()
  for (const part of parts) {
    const known = byPath.get(part.path)
    if (known) known.push(part)
    else byPath.set(part.path, [part])
  }
  return [...byPath].map(([path, all]) => ({
    path,
    size: Math.max(...all.map((part) => part.offset + part.length)),
    parts: all.flatMap((part) => part.parts ?? [part]),
  }))
}

/** The part that takes most of each of `count` equal stretches of a file; undefined where there is none. */
export function cellsOf({ size, parts }: FileMap, count: number): readonly (MapPart | undefined)[] {
  let first = 0
  return Array.from({ length: count }, (_, cell) => {
    const start = (size * cell) / count
    const end = (size * (cell + 1)) / count
    while (first < parts.length && endOf(parts[first] as MapPart) <= start) first++
    let most: MapPart | undefined
    let share = 0
    for (let i = first; i < parts.length; i++) {
      const part = parts[i] as MapPart
      if (part.offset >= end) break
      const overlap = Math.min(endOf(part), end) - Math.max(part.offset, start)
      if (overlap > share) {
        most = part
        share = overlap
      }
    }
    return most
  })
}

function endOf({ offset, length }: MapPart): number {
  return offset + length
}

/** What a part is called: a partition by its own name, with the format whose table names it. */
export function titleOf({ kind, format, name }: MapPart, say: (text: Text) => string): string {
  switch (kind) {
    case 'format':
      return name === undefined ? (format ?? '') : `${name} (${format ?? ''})`
    case 'padding':
      return name === undefined ? say(WORDS.paddingPart) : `${name} (${say(WORDS.emptyPart)})`
    case 'unknown':
      return name === undefined ? say(WORDS.unknownPart) : `${name} (${say(WORDS.unknownPart)})`
  }
}
