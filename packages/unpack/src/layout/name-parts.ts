import type { MapPart } from '@messlatte/model'
import type { Layout, Partition } from './partition.ts'

/** A layout and where it was read. */
export interface LayoutNote {
  readonly path: string
  readonly layout: Layout
}

interface Stretch {
  readonly name: string
  readonly start: number
  readonly end: number
}

/**
 * Gives the parts of each file the names of the partitions that a layout within the file tells, where the file is what the
 * chip holds: something begins where a partition behind the first one does, and nothing goes over an end of one. An update,
 * whose parts lie elsewhere, stays without names.
 */
export function nameParts(map: readonly MapPart[], layouts: readonly LayoutNote[]): readonly MapPart[] {
  if (layouts.length === 0) return map
  const named: MapPart[] = []
  for (const [path, parts] of Map.groupBy(map, ({ path }) => path)) {
    const size = Math.max(...parts.map(endOf))
    const fitting = layouts
      .filter((note) => note.path.startsWith(`${path}@`))
      .map(({ layout }) => stretchesOf(layout, size))
      .map((stretches) => ({ stretches, hits: hitsOf(stretches, parts) }))
      .toSorted((a, b) => b.hits - a.hits)
    const best = fitting[0]
    named.push(...(best && best.hits > 0 ? parts.map((part) => withNames(part, best.stretches)) : parts))
  }
  return named
}

function endOf({ offset, length }: MapPart): number {
  return offset + length
}

/** The partitions that lie in the file, in their order; of those that overlap the smaller ones, which tell more. */
function stretchesOf({ partitions }: Layout, size: number): readonly Stretch[] {
  const ends = ({ offset, size: length }: Partition) => (length === undefined ? size : offset + length)
  const all = partitions
    .map((partition) => ({ name: partition.name, start: partition.offset, end: ends(partition) }))
    .filter(({ start, end }) => start < end)
    .toSorted((a, b) => a.end - a.start - (b.end - b.start))
  // A chip larger than the file: the file is something else.
  if (all.some(({ end }) => end > size)) return []
  const kept: Stretch[] = []
  for (const one of all)
    if (kept.every(({ start, end }) => one.end <= start || one.start >= end)) kept.push(one)
  return kept.toSorted((a, b) => a.start - b.start)
}

/** How many partitions begin with something that is known; 0 where anything known goes over an end of one. */
function hitsOf(stretches: readonly Stretch[], parts: readonly MapPart[]): number {
  const known = parts.filter(({ kind }) => kind === 'format')
  const crosses = known.some((part) =>
    stretches.some(({ start, end }) => {
      const [from, to] = [part.offset, endOf(part)]
      return (from < start && to > start) || (from < end && to > end)
    }),
  )
  if (crosses) return 0
  const starts = new Set(known.map(({ offset }) => offset))
  return stretches.filter(({ start }) => start > 0 && starts.has(start)).length
}

function withNames(part: MapPart, stretches: readonly Stretch[]): MapPart {
  if (part.parts || part.name !== undefined) return part
  const [from, to] = [part.offset, endOf(part)]
  const touched = stretches.filter(({ start, end }) => start < to && end > from)
  const [first] = touched
  if (first === undefined) return part
  if (first.start <= from && first.end >= to) return { ...part, name: first.name }
  const pieces: MapPart[] = []
  let done = from
  const add = (end: number, name?: string) => {
    if (end <= done) return
    pieces.push({ ...part, offset: done, length: end - done, ...(name !== undefined && { name }) })
    done = end
  }
  for (const { name, start, end } of touched) {
    add(Math.min(start, to))
    add(Math.min(end, to), name)
  }
  add(to)
  return { ...part, parts: pieces }
}
