import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '\xde\xad\xaf\xfe'
const HEADER = 0x40
const NAME = 32
const MOST_FILES = 10_000

/** BoschFirmwareTool, CLI/FileHeader.cs: big endian. */
export interface BoschFiles {
  readonly files: readonly BoschFile[]
  /** Behind the record of zeros that ends it, where there is one. */
  readonly end: number
  /** The bytes end within a record. */
  readonly cut: boolean
}

export interface BoschFile extends Stored {
  readonly name: string
}

/** The files at `at`, or undefined: each record says where the next one is, and one of zeros or the end of the bytes ends them. */
export function parseBoschFiles(bytes: Bytes, at: number): BoschFiles | undefined {
  const files: BoschFile[] = []
  let place = at
  while (files.length <= MOST_FILES && place + HEADER <= bytes.size) {
    const header = bytes.view(place, HEADER)
    if (header.every((byte) => byte === 0))
      return files.length === 0 ? undefined : { files, end: place + HEADER, cut: false }
    const reader = new Reader(header, 'big')
    if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
    const next = reader.u32()
    const name = cString(reader.take(NAME))
    const length = reader.u32()
    if (next < HEADER + length || !/^[\x20-\x7e]+$/.test(name)) return undefined
    files.push({ name, at: place + HEADER, length })
    place += next
  }
  return files.length > 0 && files.length <= MOST_FILES
    ? { files, end: bytes.size, cut: place !== bytes.size }
    : undefined
}
