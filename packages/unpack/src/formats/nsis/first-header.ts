import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { crc32Of } from '../members.ts'
import { parsePe } from '../pe/parse.ts'

/** `\xef\xbe\xad\xdeNullsoftInst`, behind the flags. */
export const SIGNATURE = '\xef\xbe\xad\xdeNullsoftInst'
export const SIGNATURE_AT = 4
/** Bytes. */
const FIRST_HEADER = 28
const FLAGS = { noCrc: 4, forceCrc: 8, known: 15 } as const
/** A header with its script, unpacked, in bytes; those of large installers have some MB. */
const MOST_HEADER = 64 * 1024 * 1024
/** What a signature and a checksum of the program change lies in front of it: the CRC leaves it out. */
const CRC_FROM = 512

/** What leads to all else: Source/exehead/fileform.h, `firstheader`, little endian. */
export interface FirstHeader {
  /** Bytes of the header with the script, unpacked. */
  readonly headerSize: number
  /** Behind it: the data. */
  readonly dataAt: number
  /** Behind the data. */
  readonly dataEnd: number
  readonly hasCrc: boolean
  /** Behind the CRC; the bytes may end before. */
  readonly end: number
}

export function parseFirstHeader(bytes: Bytes, at: number): FirstHeader | undefined {
  if (at + FIRST_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FIRST_HEADER), 'little')
  const flags = reader.u32()
  const signature = latin1(reader.take(SIGNATURE.length))
  const [headerSize, size] = [reader.u32(), reader.u32()]
  if (signature !== SIGNATURE || (flags & ~FLAGS.known) !== 0) return undefined
  if (headerSize === 0 || headerSize > MOST_HEADER || size <= FIRST_HEADER + 4) return undefined
  const hasCrc = (flags & FLAGS.forceCrc) !== 0 || (flags & FLAGS.noCrc) === 0
  const end = at + size
  return { headerSize, dataAt: at + FIRST_HEADER, dataEnd: hasCrc ? end - 4 : end, hasCrc, end }
}

/** The program in front of an archive, where the bytes begin with it: undefined where they do not. */
export function programBefore(bytes: Bytes, { start }: Region): Region | undefined {
  const program = start === 0 ? undefined : parsePe(bytes, 0)
  return program && program.bodyEnd <= start ? { start: 0, end: start } : undefined
}

/** Whether the CRC over the program and the archive is the stored one; undefined where there is none, or no program. */
export function crcMatches(
  bytes: Bytes,
  region: Region,
  { hasCrc, dataEnd }: FirstHeader,
): boolean | undefined {
  if (!hasCrc || !programBefore(bytes, region) || dataEnd + 4 > bytes.size) return undefined
  const told = new Reader(bytes.view(dataEnd, 4), 'little').u32()
  return crc32Of(bytes, CRC_FROM, dataEnd - CRC_FROM) === told
}
