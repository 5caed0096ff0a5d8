import { createHash } from 'node:crypto'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { hashStretch, type Stored } from '../members.ts'

export const MAGIC = 'fwup-ptn '
/** Bytes of the length and the MD5, and of the table of the image's partitions. */
const PREAMBLE = 20
const TABLE = 0x800
/** What lies between them: of most images, and of those whose first bytes behind the preamble are `?NEW`. */
const TABLES = { usual: PREAMBLE + 0x1000, questionNew: PREAMBLE + 0x3c + 0x1000 }
/** Where the table begins. */
export const TABLE_PLACES = Object.values(TABLES)

/** The same in most devices (OpenWrt, tplink-safeloader.c). */
const SALT = '7a2b15ed9b98596de504ab44ac2a9f4e'
const MD5 = 16
const MOST_PARTITIONS = 64
const LINE = /^fwup-ptn ([\x21-\x7e]{1,63}) base 0x([0-9a-f]{1,8}) size 0x([0-9a-f]{1,8})\t?\r?\n/i

export interface SafeloaderPartition extends Stored {
  /** Printable, without spaces; with slashes taken as they are. */
  readonly name: string
}

/** Image of TP-Link's "safeloader" (OpenWrt, tplink-safeloader.c). */
export interface Safeloader {
  /** Bytes of the whole, as announced. */
  readonly length: number
  /** In hex. */
  readonly md5: string
  readonly partitions: readonly SafeloaderPartition[]
}

/** The image at `at`, or undefined for what is none. */
export function parseSafeloader(bytes: Bytes, at: number): Safeloader | undefined {
  if (at + TABLES.usual + TABLE > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, PREAMBLE + 4), 'big')
  const first = reader.u32()
  const md5 = Buffer.from(reader.take(MD5)).toString('hex')
  // With this kind the MD5 comes first, and the length leaves out the preamble.
  const turned = reader.latin1(4) === '?NEW'
  if (turned) return readTurned(bytes, at)
  return withTable(bytes, at, TABLES.usual, first, md5)
}

function readTurned(bytes: Bytes, at: number): Safeloader | undefined {
  const reader = new Reader(bytes.view(at, PREAMBLE), 'big')
  const md5 = Buffer.from(reader.take(MD5)).toString('hex')
  return withTable(bytes, at, TABLES.questionNew, reader.u32() + PREAMBLE, md5)
}

function withTable(
  bytes: Bytes,
  at: number,
  table: number,
  length: number,
  md5: string,
): Safeloader | undefined {
  const from = at + table
  if (length < table + TABLE || from + TABLE > bytes.size) return undefined
  const partitions: SafeloaderPartition[] = []
  let text = latin1(bytes.view(from, TABLE))
  for (let line = LINE.exec(text); line && partitions.length < MOST_PARTITIONS; line = LINE.exec(text)) {
    const [whole, name = '', base = '', size = ''] = line
    const partition = { name, at: from + Number.parseInt(base, 16), length: Number.parseInt(size, 16) }
    if (partition.at + partition.length > at + length) return undefined
    partitions.push(partition)
    text = text.slice(whole.length)
  }
  return partitions.length > 0 ? { length, md5, partitions } : undefined
}

/** Whether the MD5 of salt and image holds. @throws BytesError */
export function md5Holds(bytes: Bytes, at: number, { length, md5 }: Safeloader): boolean {
  const hash = createHash('md5').update(SALT, 'hex')
  return hashStretch(hash, bytes, at + PREAMBLE, length - PREAMBLE).digest('hex') === md5
}
