import { type Bytes, consistsOf, forEachWindow } from '@messlatte/bytes'
import type { Region, Sink } from '../contract.ts'
import { announced, type StoredMember } from './members.ts'

/** A partition as a table tells it. */
export interface Part {
  /** Byte string; empty where the table has none. */
  readonly name: string
  /** From 1 on, by its place in the table. */
  readonly number: number
  /** Bytes from the start of the disk. */
  readonly offset: number
  /** Bytes. */
  readonly size: number
}

const WINDOW = 256 * 1024

/**
 * The partitions of a disk, and what lies between them: boot loaders stand where no partition is. `from` is where the table
 * itself ends; the bytes of `reserved` belong to tables, too.
 */
export function* partsOfDisk(
  bytes: Bytes,
  region: Region,
  from: number,
  parts: readonly Part[],
  reserved: readonly Region[],
  problem: Sink['problem'],
): Generator<StoredMember> {
  const taken = new Set<string>()
  let end = 0
  for (const part of [...parts].sort((a, b) => a.offset - b.offset)) {
    const name = nameOf(part, taken)
    if (part.offset < end) problem('structure', 'it overlaps the one before', name)
    end = Math.max(end, part.offset + part.size)
    if (region.start + part.offset >= bytes.size) problem('truncated', 'it lies behind the end', name)
    else yield announced(bytes, name, { at: region.start + part.offset, length: part.size }, problem)
  }
  const covered = [
    ...parts.map(({ offset, size }) => ({ start: offset, end: offset + size })),
    ...reserved,
  ].sort((a, b) => a.start - b.start)
  let at = from
  const size = region.end - region.start
  for (const next of [...covered, { start: size, end: size }]) {
    const start = region.start + at
    if (
      at < Math.min(next.start, size) &&
      !isBlank(bytes, start, Math.min(region.start + next.start, region.end))
    ) {
      const name = `unpartitioned-0x${at.toString(16)}`
      yield announced(bytes, name, { at: start, length: next.start - at }, problem)
    }
    at = Math.max(at, next.end)
  }
}

function nameOf({ name, number }: Part, taken: Set<string>): string {
  const plain = name.replaceAll('/', '_').replaceAll('\0', '')
  const unnamed = plain === '' || plain === '.' || plain === '..'
  const wanted = unnamed ? `partition-${number}` : plain
  const unique = taken.has(wanted) ? `${wanted}-${number}` : wanted
  taken.add(unique)
  return unique
}

/** All zeros, or all as erased flash is. */
function isBlank(bytes: Bytes, start: number, end: number): boolean {
  const filler = bytes.view(start, 1)[0]
  if (filler !== 0 && filler !== 0xff) return false
  let blank = true
  forEachWindow(bytes, start, end, WINDOW, 0, (window) => {
    blank = consistsOf(window, filler)
    return blank
  })
  return blank
}
