import { type Bytes, consistsOf, forEachWindow } from '@messlatte/bytes'
import { type TreeBehind, treeBehind } from '../u-boot-tree.ts'

/** Bytes. */
const MOST = 8 * 1024 * 1024
/** Relocations that chance does not put one behind the other; U-Boot has thousands. */
const LEAST_RELOCATIONS = 64
const WINDOW = 64 * 1024

export interface Processor {
  /** What U-Boot begins with, and how far behind its first byte. */
  readonly start: string
  readonly starts: readonly number[]
  /** What may stand before that start: then the program began there. */
  readonly before?: string
  /** Bytes of an entry of its table of relocations; each one begins with an address. */
  readonly entry: number
  /** Whether the entry at `at` moves an address along with the program. */
  relocates(window: Buffer, at: number): boolean
  /** Whether the entry at `at` is one of those that follow them. */
  follows(window: Buffer, at: number): boolean
}

export interface UBoot extends TreeBehind {
  /** Offset in the source. */
  readonly codeEnd: number
}

/**
 * U-Boot moves itself to the end of memory, and ends with the table that it needs for that: `.rel.dyn`, or `.rela.dyn`
 * and `.dynsym`. Behind it stands the device tree, if there is one. Little endian.
 */
export function findUBoot(bytes: Bytes, at: number, processor: Processor): UBoot | undefined {
  const table = findTable(bytes, at, processor)
  if (table === undefined) return undefined
  const codeEnd = endOfTable(bytes, table, processor)
  return { codeEnd, ...(treeBehind(bytes, codeEnd) ?? { end: codeEnd, cut: false }) }
}

/** Where so many relocations follow each other for the first time; not behind where another program starts. */
function findTable(bytes: Bytes, at: number, processor: Processor): number | undefined {
  const { entry, start, starts } = processor
  const other = Buffer.from(start, 'latin1')
  const from = at + Math.max(...starts) + other.length
  let found: number | undefined
  forEachWindow(
    bytes,
    from,
    Math.min(bytes.size, at + MOST),
    WINDOW,
    LEAST_RELOCATIONS * entry,
    (window, place) => {
      const second = window.indexOf(other)
      const end = second < 0 ? window.length : second
      for (let here = (at - place) & 3; here < Math.min(WINDOW, end); here += 4) {
        if (!isTable(window, here, end, processor)) continue
        found = place + here
        return false
      }
      return second < 0
    },
  )
  return found
}

function isTable(window: Buffer, at: number, end: number, { entry, relocates }: Processor): boolean {
  if (at + LEAST_RELOCATIONS * entry > end) return false
  const first = window.readUInt32LE(at)
  for (let index = 0; index < LEAST_RELOCATIONS; index++) {
    const here = at + index * entry
    if (!relocates(window, here) || Math.abs(window.readUInt32LE(here) - first) > MOST) return false
  }
  return true
}

/** Behind the last entry that is not empty: the first symbol is, and so is padding. */
function endOfTable(bytes: Bytes, table: number, { entry, relocates, follows }: Processor): number {
  let [moving, empty, end] = [true, false, table]
  forEachWindow(bytes, table, bytes.size, entry * 1024, 0, (window, place) => {
    for (let here = 0; here + entry <= window.length; here += entry) {
      moving &&= relocates(window, here)
      if (!moving && !follows(window, here)) return false
      const nothing = consistsOf(window.subarray(here, here + entry), 0)
      if (nothing && empty) return false
      empty = nothing
      if (!nothing) end = place + here + entry
    }
    return true
  })
  return end
}
