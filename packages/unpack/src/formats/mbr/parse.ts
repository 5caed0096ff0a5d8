import { type Bytes, Reader } from '@messlatte/bytes'
import type { Part } from '../disk-parts.ts'

export const SECTOR = 512
export const TABLE_AT = 446
export const SIGNATURE = '\x55\xaa'
export const SIGNATURE_AT = 510
const PROTECTIVE = 0xee
const EXTENDED: ReadonlySet<number> = new Set([0x05, 0x0f, 0x85])
/** Linux numbers that many. */
const MOST_LOGICAL = 256

/** A record of a table: UEFI Specification 2.10, section 5.2.1, little endian. */
export interface Record {
  readonly type: number
  /** Sectors from the start of the disk; of logical partitions, from the sector that has the record. */
  readonly first: number
  readonly sectors: number
}

/** The four records in the sector at `at`, those without a type as undefined; undefined where this is no table. */
export function parseTable(bytes: Bytes, at: number): readonly (Record | undefined)[] | undefined {
  if (at + SECTOR > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, SECTOR), 'little', TABLE_AT)
  const records: (Record | undefined)[] = []
  for (let index = 0; index < 4; index++) {
    const status = reader.u8()
    reader.skip(3)
    const type = reader.u8()
    reader.skip(3)
    const [first, sectors] = [reader.u32(), reader.u32()]
    if (status !== 0 && status !== 0x80) return undefined
    if (type === 0) {
      if (first !== 0 || sectors !== 0) return undefined
      records.push(undefined)
    } else records.push({ type, first, sectors })
  }
  return reader.latin1(2) === SIGNATURE ? records : undefined
}

/** The primary partitions of a disk, or undefined where the records do not describe one. */
export function primaryRecords(bytes: Bytes, at: number): readonly (Record | undefined)[] | undefined {
  const records = parseTable(bytes, at)
  const used = records?.filter((record) => record !== undefined) ?? []
  if (!records || used.length === 0 || looksLikeFat(bytes, at)) return undefined
  let end = 1
  for (const { type, first, sectors } of [...used].sort((a, b) => a.first - b.first)) {
    if (type === PROTECTIVE || first < end || sectors === 0) return undefined
    end = first + sectors
  }
  return used.every(({ first }) => at + first * SECTOR < bytes.size) ? records : undefined
}

/** Boot sectors of FAT and NTFS have the same signature, and code where a table would be. */
function looksLikeFat(bytes: Bytes, at: number): boolean {
  const reader = new Reader(bytes.view(at, 24), 'little', 11)
  const [sector, cluster, reserved, tables] = [reader.u16(), reader.u8(), reader.u16(), reader.u8()]
  return (
    [512, 1024, 2048, 4096].includes(sector) &&
    cluster !== 0 &&
    (cluster & (cluster - 1)) === 0 &&
    (reserved !== 0 || tables === 0) &&
    tables <= 2
  )
}

export interface Disk {
  readonly parts: readonly Part[]
  /** Sectors of the tables, in bytes from the start of the disk. */
  readonly tables: readonly number[]
  /** Why the list of logical partitions breaks off. */
  readonly broken?: 'loop' | 'structure' | 'truncated'
}

/** All partitions, the logical ones by the chain in the extended one. */
export function readDisk(bytes: Bytes, start: number, records: readonly (Record | undefined)[]): Disk {
  const parts: Part[] = []
  const tables = [0]
  let broken: Disk['broken']
  for (const [index, record] of records.entries()) {
    if (!record) continue
    if (!EXTENDED.has(record.type)) parts.push(partOf(record, 0, index + 1))
    else broken = addLogical(bytes, start, record.first, parts, tables) ?? broken
  }
  return { parts, tables, ...(broken ? { broken } : {}) }
}

function addLogical(
  bytes: Bytes,
  start: number,
  extended: number,
  parts: Part[],
  tables: number[],
): Disk['broken'] {
  const seen = new Set<number>()
  let number = 5
  for (let sector = extended; ; ) {
    if (seen.has(sector) || seen.size > MOST_LOGICAL) return 'loop'
    seen.add(sector)
    const at = start + sector * SECTOR
    if (at + SECTOR > bytes.size) return 'truncated'
    const [own, next] = parseTable(bytes, at) ?? []
    if (!own && !next) return parseTable(bytes, at) ? undefined : 'structure'
    tables.push(sector * SECTOR)
    if (own) parts.push(partOf(own, sector, number++))
    if (!next || !EXTENDED.has(next.type)) return undefined
    sector = extended + next.first
  }
}

function partOf({ first, sectors }: Record, base: number, number: number): Part {
  return { name: '', number, offset: (base + first) * SECTOR, size: sectors * SECTOR }
}
