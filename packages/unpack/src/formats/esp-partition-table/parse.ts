import { createHash } from 'node:crypto'
import { type Bytes, consistsOf, cString, Reader } from '@messlatte/bytes'

/** Bytes. */
const ROW = 32
/** What a table may fill of its sector; behind that, secure boot 1 keeps a signature. */
export const MAX_TABLE = 0xc00
export const SECTOR = 4096
const MAGIC = '\xaa\x50'
const MD5_MAGIC = '\xeb\xeb'
/** Flash of the family is addressed with so many bytes at most. */
const MAX_FLASH = 1024 * 1024 * 1024

export const APP = 0
export const DATA = 1
/** A primary or secondary boot loader, and the table itself: since ESP-IDF 5.4, and mostly before the table. */
const LAST_PLAIN_TYPE = 3

export interface EspPartition {
  readonly type: number
  readonly subtype: number
  /** From the start of the flash, in bytes. */
  readonly offset: number
  readonly size: number
  /** Byte string. */
  readonly label: string
  readonly encrypted: boolean
  readonly readOnly: boolean
}

/** ESP-IDF, components/partition_table/gen_esp32part.py; little endian. */
export interface EspPartitionTable {
  readonly partitions: readonly EspPartition[]
  /** Undefined where the table has no row with an MD5. */
  readonly md5Matches: boolean | undefined
  /** False where the table breaks off without an empty row. */
  readonly ended: boolean
  /** Behind the table and the empty rows that fill it up. */
  readonly end: number
}

/** The table at `at`, or undefined for what is none. */
export function parsePartitionTable(bytes: Bytes, at: number): EspPartitionTable | undefined {
  const room = Math.min(MAX_TABLE, bytes.size - at)
  if (room < ROW) return undefined
  const view = bytes.view(at, room)
  const partitions: EspPartition[] = []
  let md5Matches: boolean | undefined
  let done = 0
  for (; done + ROW <= room; done += ROW) {
    const row = view.subarray(done, done + ROW)
    const reader = new Reader(row, 'little')
    const magic = reader.latin1(2)
    if (magic === MAGIC && md5Matches === undefined) {
      const partition = readRow(reader)
      if (!partition) return undefined
      partitions.push(partition)
    } else if (magic === MD5_MAGIC && isErased(row.subarray(2, 16)) && md5Matches === undefined) {
      md5Matches = createHash('md5').update(view.subarray(0, done)).digest().equals(row.subarray(16))
    } else break
  }
  const ended = done + ROW > MAX_TABLE || (done + ROW <= room && isErased(view.subarray(done, done + ROW)))
  const cut = done + ROW > room
  if (partitions.length === 0 || !(ended || cut || md5Matches)) return undefined
  const whole = isErased(view.subarray(done))
  return { partitions, md5Matches, ended, end: at + (whole || cut ? room : done) }
}

function readRow(reader: Reader): EspPartition | undefined {
  const [type, subtype, offset, size] = [reader.u8(), reader.u8(), reader.u32(), reader.u32()]
  const name = reader.take(16)
  const flags = reader.u32()
  const label = cString(name)
  if (size === 0 || offset + size > MAX_FLASH || offset % 4 !== 0 || flags > 0xff) return undefined
  if (type === APP && offset % SECTOR !== 0) return undefined
  if (type > LAST_PLAIN_TYPE && type < 0x40) return undefined
  if (!/^[\x20-\x7e]*$/.test(label) || !name.subarray(label.length).every((byte) => byte === 0))
    return undefined
  return { type, subtype, offset, size, label, encrypted: (flags & 1) !== 0, readOnly: (flags & 2) !== 0 }
}

export function isErased(view: Uint8Array): boolean {
  return consistsOf(view, 0xff)
}
